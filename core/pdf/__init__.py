"""Printed sheets: the typeface, text that fits its place, drawings, QR codes, the woven band."""
