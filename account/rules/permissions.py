"""The roles of staff; the rooms declare the permissions of each role in their manifests."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """The roles of staff; the last two are additional to another role.

    A role's scope is the unit of its grant and everything below. The manager of a rated office arranges counters and
    reads figures, and neither changes nor imports ratings, which only the organiser of the survey may. An inspector
    reads figures, single ratings, contests and the audit trail, and changes nothing.
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
HAS_JOBS = frozenset({Role.ADMINISTRATOR, Role.ORGANISER, Role.MANAGER, Role.INSPECTOR})
"""The roles that may start a background job or read those of others: for the rest the list would stay empty."""
NEEDS_SECOND_FACTOR = frozenset({Role.ADMINISTRATOR, Role.ORGANISER, Role.APPROVER})
"""The roles that may change published figures or others' access; they require a second factor."""


def needs_second_factor(roles: Iterable[str]) -> bool:
    """Whether an account with these *roles* requires a second factor.

    >>> needs_second_factor(["manager", "approver"]), needs_second_factor(["manager"]), needs_second_factor([])
    (True, False, False)
    """
    return not NEEDS_SECOND_FACTOR.isdisjoint(roles)
