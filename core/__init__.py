"""Machinery that knows no product noun: database, clock, web, forms, QR codes, charts, cryptography."""
