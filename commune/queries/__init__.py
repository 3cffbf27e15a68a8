"""What is read of units: `find_` gives None where there is nothing, lists come in a fixed order."""

from commune.queries.units import find_unit, list_units, list_units_below

__all__ = ["find_unit", "list_units", "list_units_below"]
