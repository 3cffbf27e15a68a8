"""The roles that staff hold; which permissions each has is declared by the rooms, in their manifests."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """The posts that staff hold; the last two are extra permissions beside a post.

    A role's scope is the unit of its grant and everything below. The manager of a rated office arranges counters and
    reads figures, never touches a rating, nor brings one in from a sheet: that is for who runs the survey. An inspector
    reads figures, ratings row by row, contests and the audit trail, and writes nothing.
    """

    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    MANAGER = "manager"
    INTERVIEWER = "interviewer"
    INSPECTOR = "inspector"
    WRITER = "writer"
    APPROVER = "approver"


EVERY_ROLE = frozenset(Role)
DECIDES = frozenset({Role.APPROVER})
"""The roles that answer requests for approval."""
NEEDS_SECOND_FACTOR = frozenset({Role.ADMINISTRATOR, Role.ORGANISER, Role.APPROVER})
"""The roles that may change published figures or others' access: they sign in with a second factor."""


def needs_second_factor(roles: Iterable[str]) -> bool:
    """Whether somebody with these *roles* signs in with more than a password.

    >>> needs_second_factor(["manager", "approver"]), needs_second_factor(["manager"]), needs_second_factor([])
    (True, False, False)
    """
    return not NEEDS_SECOND_FACTOR.isdisjoint(roles)
