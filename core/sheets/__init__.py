"""Sheets of offices: read any format, remember the meaning of columns, write templates."""
