"""Machinery without product nouns: database, clock, web, forms, QR codes, charts, cryptography."""
