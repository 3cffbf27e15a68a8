"""Sheets and tables about units: the country that ships with the house, and what an office brings in."""
