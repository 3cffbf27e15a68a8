"""Changes to units: they flush and never commit."""

from commune.operations.units import create_unit, rename_unit, settle_names

__all__ = ["create_unit", "rename_unit", "settle_names"]
