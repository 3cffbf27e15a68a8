"""Sheets that are read and written."""
