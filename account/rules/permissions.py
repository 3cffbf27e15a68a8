"""Permissions as data: which role may do what. The scope is always the grant's unit and all below it."""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """The posts that staff hold; the last two are extra permissions beside a post."""

    ADMINISTRATOR = "administrator"
    ORGANISER = "organiser"
    MANAGER = "manager"
    INTERVIEWER = "interviewer"
    INSPECTOR = "inspector"
    WRITER = "writer"
    APPROVER = "approver"


NEEDS_SECOND_FACTOR = frozenset({Role.ADMINISTRATOR, Role.ORGANISER, Role.APPROVER})
"""Who may change what others believe in signs in with more than a password."""

TABLE: frozenset[tuple[Role, str]] = frozenset(
    {
        (Role.ADMINISTRATOR, "console.see"),
        (Role.ADMINISTRATOR, "account.manage"),
        (Role.ADMINISTRATOR, "audit.see"),
        (Role.ADMINISTRATOR, "office.see"),
        (Role.ADMINISTRATOR, "office.manage"),
        (Role.ADMINISTRATOR, "office.rehearse"),
        (Role.ADMINISTRATOR, "contest.see"),
        (Role.ADMINISTRATOR, "person.serve"),
        (Role.ORGANISER, "console.see"),
        (Role.ORGANISER, "contest.see"),
        (Role.ORGANISER, "contest.manage"),
        (Role.ORGANISER, "result.see"),
        (Role.ORGANISER, "question.write"),
        (Role.ORGANISER, "contact.open"),
        (Role.ORGANISER, "person.serve"),
        (Role.ORGANISER, "office.see"),
        (Role.ORGANISER, "office.rehearse"),
        (Role.ORGANISER, "rating.import"),
        (Role.MANAGER, "console.see"),
        (Role.MANAGER, "office.see"),
        (Role.MANAGER, "office.manage"),
        (Role.INTERVIEWER, "console.see"),
        (Role.INSPECTOR, "console.see"),
        (Role.INSPECTOR, "office.see"),
        (Role.INSPECTOR, "contest.see"),
        (Role.INSPECTOR, "result.see"),
        (Role.INSPECTOR, "rating.inspect"),
        (Role.INSPECTOR, "audit.see"),
        (Role.WRITER, "console.see"),
        (Role.WRITER, "contest.see"),
        (Role.WRITER, "question.write"),
        (Role.APPROVER, "console.see"),
        (Role.APPROVER, "approval.decide"),
    }
)
"""Role × permission. The manager of a rated office arranges counters and reads figures, never touches a rating, nor
brings one in from a sheet: that is for who runs the survey. An inspector reads figures, ratings row by row,
contests and the audit trail, and writes nothing; accounts and people's own requests are not for them.
Turnout and ranks before the publication (`result.see`) are for who counts and who watches, not for whoever writes
questions or looks after accounts."""


def needs_second_factor(roles: Iterable[str]) -> bool:
    """Whether somebody with these *roles* signs in with more than a password.

    >>> needs_second_factor(["manager", "approver"]), needs_second_factor(["manager"]), needs_second_factor([])
    (True, False, False)
    """
    return not NEEDS_SECOND_FACTOR.isdisjoint(roles)


def roles_with(permission: str) -> frozenset[Role]:
    """The roles that hold *permission*; empty for one that nobody holds."""
    return frozenset(role for role, held in TABLE if held == permission)
