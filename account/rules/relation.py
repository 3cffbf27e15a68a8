"""The relation of the account that approves a sensitive action to the account that requests it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from enum import StrEnum


class Relation(StrEnum):
    """The relation at the time of the answer."""

    NONE = "none"
    """Independent, as far as the audit trail shows."""
    ALONE = "alone"
    """The requester itself: a setting lets one person act alone."""
    RELATED = "related"
    """Joined by a chain of invitations, links and roles (`Kinship`)."""


@dataclass(frozen=True, order=True)
class Tie:
    """An account created another, made a link for it, or gave it a role; accounts by number."""

    by: int
    to: int
    action: str


@dataclass(frozen=True)
class Kinship:
    """The two chains from one account down to the requester and to the approver.

    The chain to the account that is itself the source is empty.
    """

    to_asker: tuple[Tie, ...]
    to_approver: tuple[Tie, ...]

    @property
    def is_direct(self) -> bool:
        """Whether one of the two comes from the other; else both come from a third account."""
        return not self.to_asker or not self.to_approver

    @property
    def ties(self) -> tuple[Tie, ...]:
        """All steps, those to the requester first."""
        return (*self.to_asker, *self.to_approver)

    @property
    def accounts(self) -> frozenset[int]:
        """The numbers of all accounts in it."""
        return frozenset(account for tie in self.ties for account in (tie.by, tie.to))

    @property
    def between(self) -> int:
        """The number of accounts between the two."""
        return len(self.ties) - 1


def find_kinship(ties: Iterable[Tie], asker: int, approver: int) -> Kinship | None:
    """Return how two accounts are joined by *ties*, over any number of steps; None if they are not.

    An account is joined to every account that made it, gave it a link or gave it a role, and to those above that one.
    A chain between the two comes before one from a third account; then the shortest, then the one over the smallest
    numbers. No ties give None; cycles end; raises nothing.

    >>> find_kinship([Tie(1, 2, "account.create"), Tie(2, 3, "role.give")], 1, 3).is_direct
    True
    """
    above: dict[int, list[Tie]] = {}
    for tie in sorted(set(ties)):
        above.setdefault(tie.to, []).append(tie)
    to_asker, to_approver = _chains(above, asker), _chains(above, approver)
    sources = to_asker.keys() & to_approver.keys()
    if not sources:
        return None

    def weight(source: int) -> tuple[bool, int, int]:
        length = len(to_asker[source]) + len(to_approver[source])
        return source not in (asker, approver), length, source

    source = min(sources, key=weight)
    return Kinship(to_asker[source], to_approver[source])


def _chains(above: Mapping[int, list[Tie]], account: int) -> dict[int, tuple[Tie, ...]]:
    """Return the shortest chain from every account above *account* down to it, itself included."""
    found: dict[int, tuple[Tie, ...]] = {account: ()}
    row = [account]
    while row:
        row, below = [], row
        for each in below:
            for tie in above.get(each, ()):
                if tie.by not in found:
                    found[tie.by] = (tie, *found[each])
                    row.append(tie.by)
    return found


def kinship_text(kinship: Kinship | None) -> str:
    """Return a kinship as the text in which it is stored; "" for none."""
    if kinship is None:
        return ""
    return json.dumps([[astuple(tie) for tie in ties] for ties in (kinship.to_asker, kinship.to_approver)])


def read_kinship(text: str) -> Kinship | None:
    """Return the kinship that `kinship_text` stored; None for "".

    >>> read_kinship(kinship_text(Kinship((), (Tie(1, 2, "account.link"),)))).ties
    (Tie(by=1, to=2, action='account.link'),)
    """
    if not text:
        return None
    to_asker, to_approver = (tuple(Tie(*tie) for tie in ties) for ties in json.loads(text))
    return Kinship(to_asker, to_approver)
