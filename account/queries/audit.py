"""Read the audit trail: a page of it, the accounts and persons in it, and a check of its chain."""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from account.models import Account, AuditEntry
from account.rules.chain import GENESIS, entry_hash
from commune.models import Unit
from core.crypto import Keyring
from core.db import parts
from core.person_keys import PersonKey, open_person

RECENT = 10_000
"""Newest entries that are scanned by number alone, before an index is used."""
SET_BACK = 2000
"""Entries that may be out of order by time because a clock was set back."""
AT_ONCE = 2000


@dataclass(frozen=True)
class Search:
    """A search for entries: of these units or of none, by every other field that is not None."""

    units: Collection[int]
    unit_id: int | None = None
    actor: str | None = None
    account_ids: Collection[int] | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    below: int | None = None
    """Only numbers below this, the end of the previous page."""

    def conditions(self, entry: Any) -> list[ColumnElement[bool]]:
        """Return the search as conditions on the columns of *entry*, the table or a subquery."""
        where = entry.unit_id == self.unit_id if self.unit_id in self.units else None
        everybody = or_(entry.unit_id.in_(self.units), entry.unit_id.is_(None))
        asked = ((entry.actor, self.actor), (entry.action, self.action))
        found = [everybody if where is None else where, *(column == value for column, value in asked if value)]
        if self.account_ids is not None:
            found.append(entry.account_id.in_(self.account_ids))
        if self.since is not None:
            found.append(entry.at >= self.since)
        if self.until is not None:
            found.append(entry.at < self.until)
        return found


@dataclass(frozen=True)
class Verdict:
    """The result of checking the chain: the number of entries, the newest hash, and the first wrong entry."""

    entries: int
    head: bytes
    broken: int | None = None
    why: str = ""


def list_entries(session: Session, search: Search, limit: int) -> list[AuditEntry]:
    """Return the newest *limit* entries of the search, newest first.

    If the newest `RECENT` numbers hold enough of them, nothing else is read, so that a page of a busy province costs
    the same with a thousand entries as with a million; otherwise the search is narrow and uses an index.
    """
    oldest, newest = _span(session, search)
    recent = _recent(max(oldest, newest - RECENT + 1), newest)
    numbers = _numbers(session, recent.number, search.conditions(recent), limit)
    if len(numbers) < limit and newest - RECENT >= oldest:
        rest = [*search.conditions(AuditEntry), AuditEntry.number.between(oldest, newest - RECENT)]
        numbers += _numbers(session, AuditEntry.number, rest, limit - len(numbers))
    found = [
        entry
        for some in parts(numbers)
        for entry in session.scalars(select(AuditEntry).where(AuditEntry.number.in_(some)))
    ]
    return sorted(found, key=lambda entry: -entry.number)


def find_head(session: Session) -> tuple[int, bytes]:
    """Return number and hash of the newest entry; (0, zeros) for an empty trail."""
    query = select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    found = session.execute(query).first()
    return (found[0], found[1]) if found else (0, GENESIS)


def accounts_in(session: Session, entries: Sequence[AuditEntry]) -> dict[int, Account]:
    """Return the accounts in *entries*: actors, requesters and subjects; deleted ones are absent."""
    ids = {id for entry in entries for id in entry.accounts}
    return {
        account.id: account
        for some in parts(ids)
        for account in session.scalars(select(Account).where(Account.id.in_(some)))
    }


def names_of_several(session: Session, accounts: Mapping[int, Account]) -> frozenset[str]:
    """Return those names of *accounts* that more than one account has."""
    names = {account.name for account in accounts.values()}
    twice = select(Account.name).group_by(Account.name).having(func.count() > 1)
    return frozenset(name for some in parts(names) for name in session.scalars(twice.where(Account.name.in_(some))))


def units_in(session: Session, entries: Sequence[AuditEntry]) -> dict[int, Unit]:
    """Return the units of *entries*."""
    ids = {entry.unit_id for entry in entries if entry.unit_id}
    return {unit.id: unit for some in parts(ids) for unit in session.scalars(select(Unit).where(Unit.id.in_(some)))}


def personal_in(session: Session, keyring: Keyring, entries: Sequence[AuditEntry]) -> dict[int, dict[str, str]]:
    """Return the decrypted personal values of *entries*, by number; those of erased persons are absent."""
    ids: set[uuid.UUID] = {entry.person_id for entry in entries if entry.person_id}
    keys = {
        row.id: open_person(keyring, row)
        for some in parts(ids)
        for row in session.scalars(select(PersonKey).where(PersonKey.id.in_(some)))
    }
    return {
        entry.number: json.loads(keys[entry.person_id].unseal(entry.sealed))
        for entry in entries
        if entry.person_id in keys and entry.sealed
    }


def verify(session: Session, head: tuple[int, bytes] | None = None) -> Verdict:
    """Check the chain from its first entry and stop at the first wrong one.

    Changes, gaps and swaps are always found. A cut end, or a chain that was rewritten as a whole, is found only with a
    *head* (number, hash) that was printed or exported before.
    """
    previous, number = GENESIS, 0
    in_order = select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=AT_ONCE)
    with session.scalars(in_order) as entries:
        for entry in entries:
            why = _wrong(entry, number + 1, previous, head)
            if why:
                return Verdict(number, previous, entry.number, why)
            number, previous = entry.number, entry.hash
            session.expunge(entry)
    if head is not None and head[0] > number:
        return Verdict(number, previous, number + 1, "cut")
    return Verdict(number, previous)


def _wrong(entry: AuditEntry, number: int, previous: bytes, head: tuple[int, bytes] | None) -> str:
    if entry.number != number:
        return "gap"
    if entry.previous != previous or entry.hash != entry_hash(entry.values, previous):
        return "changed"
    return "rewritten" if head is not None and head[0] == number and head[1] != entry.hash else ""


def _recent(oldest: int, newest: int) -> Any:
    """Return the searched columns of the entries between two numbers, with a LIMIT that keeps the planner from another
    index.
    """
    columns = (
        AuditEntry.number, AuditEntry.at, AuditEntry.actor, AuditEntry.account_id, AuditEntry.action, AuditEntry.unit_id
    )  # fmt: skip
    within = select(*columns).where(AuditEntry.number.between(oldest, newest))
    return within.order_by(AuditEntry.number.desc()).limit(RECENT).subquery().c


def _numbers(session: Session, number: Any, conditions: Sequence[ColumnElement[bool]], limit: int) -> list[int]:
    return list(session.scalars(select(number).where(*conditions).order_by(number.desc()).limit(limit)))


def _span(session: Session, search: Search) -> tuple[int, int]:
    """Return the numbers between which the search can find anything; days are looked up by their index.

    `SET_BACK` more numbers are included, since a clock that was set back puts moments out of order.
    """
    oldest, newest = 1, find_head(session)[0] if search.below is None else search.below - 1
    if search.since is not None:
        first = select(AuditEntry.number).where(AuditEntry.at >= search.since).order_by(AuditEntry.at).limit(1)
        oldest = max(oldest, (session.scalar(first) or newest) - SET_BACK)
    if search.until is not None:
        last = select(AuditEntry.number).where(AuditEntry.at < search.until).order_by(AuditEntry.at.desc()).limit(1)
        newest = min(newest, (session.scalar(last) or 0) + SET_BACK)
    return oldest, newest
