"""Queries for units: `find_` returns None where there is nothing, lists have a fixed order."""

from commune.queries.units import find_unit, list_units, list_units_below

__all__ = ["find_unit", "list_units", "list_units_below"]
