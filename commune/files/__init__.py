"""Sheets and tables of units: the country's units that ship with the program, and sheets that an office imports."""
