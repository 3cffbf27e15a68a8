"""Sheets of published rounds that are written."""
