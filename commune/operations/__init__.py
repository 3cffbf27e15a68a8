"""Changes to units: they flush and never commit."""

from commune.operations.units import add_unit, create_unit, rename_unit, settle_names

__all__ = ["add_unit", "create_unit", "rename_unit", "settle_names"]
