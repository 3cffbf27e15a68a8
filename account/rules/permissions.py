"""Permissions as data: which role may do what. The scope is always the grant's unit and all below it."""

from enum import StrEnum


class Role(StrEnum):
    """The posts that staff hold."""

    ORGANISER = "organiser"
    OFFICER = "officer"


TABLE: frozenset[tuple[Role, str]] = frozenset(
    {
        (Role.ORGANISER, "console.see"),
        (Role.ORGANISER, "contest.see"),
        (Role.ORGANISER, "contest.manage"),
        (Role.ORGANISER, "office.see"),
        (Role.ORGANISER, "rating.import"),
        (Role.OFFICER, "console.see"),
        (Role.OFFICER, "office.see"),
        (Role.OFFICER, "office.manage"),
    }
)
"""Role × permission. An officer of the rated office may arrange counters and read figures, never touch a rating, nor
bring one in from a sheet: that is for who runs the survey."""


def roles_with(permission: str) -> frozenset[Role]:
    """The roles that hold *permission*; empty for one that nobody holds."""
    return frozenset(role for role, held in TABLE if held == permission)
