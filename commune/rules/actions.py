"""Codes of the audit trail's actions on units."""

from enum import StrEnum


class UnitAction(StrEnum):
    """An action: the noun it was done to, a dot, the verb."""

    UNIT_ADD = "unit.add"
    UNIT_RENAME = "unit.rename"
    UNIT_DELETE = "unit.delete"
    UNIT_IMPORT = "unit.import"
    UNIT_LOAD = "unit.load"
    LOGO_SET = "logo.set"
    LOGO_REMOVE = "logo.remove"
