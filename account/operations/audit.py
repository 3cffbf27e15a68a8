"""Adding to the audit trail: the last thing that a door does before its commit, in the deed's own transaction."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import false, select, text, update
from sqlalchemy.orm import Session

from account.models import Account, AuditEntry
from account.rules.chain import GENESIS, Plain, canonical, entry_hash
from core.person_keys import Person
from core.values.text import clean

LOCK = 0x4C4E_4155
"""PostgreSQL's advisory lock of the trail ("LNAU"): whoever adds waits until the one before has committed."""
LONGEST_SUBJECT, LONGEST_REASON = 300, 500


@dataclass(frozen=True)
class Actor:
    """Who did it: an account, somebody at the terminal, or the system by itself."""

    kind: str
    account_id: int | None = None


TERMINAL, SYSTEM = Actor("terminal"), Actor("system")


def actor_of(owner: str) -> Actor:
    """Return the actor for the owner of a job or an import ("account:12", "terminal", "system").

    >>> actor_of("account:12"), actor_of("terminal")
    (Actor(kind='account', account_id=12), Actor(kind='terminal', account_id=None))
    """
    kind, _, id = owner.partition(":")
    if owner == TERMINAL.kind:
        return TERMINAL
    return Actor("account", int(id)) if kind == "account" and id.isdecimal() else SYSTEM


@dataclass(frozen=True)
class Subject:
    """What it was done to: a table's kind and id, in words, and the unit whose business it is (None: everybody's)."""

    kind: str
    id: int | str | uuid.UUID
    words: str
    unit_id: int | None


def account_subject(account: Account) -> Subject:
    """An account, by its number, never by its name."""
    return Subject("account.account", account.id, f"Tài khoản số {account.id}", account.unit_id)


def record(
    session: Session,
    actor: Actor,
    action: str,
    subject: Subject,
    *,
    before: Mapping[str, Plain] | None = None,
    after: Mapping[str, Plain] | None = None,
    reason: str = "",
    person: tuple[Person, Mapping[str, str]] | None = None,
    now: datetime,
) -> AuditEntry:
    """Add an entry to the end of the chain, in the transaction of the deed: both are kept or neither.

    *before* and *after* hold plain values and nobody's name or number. What is personal goes into *person*, with the
    opened key of whom it is about, and is sealed under it.

    From here to the commit nobody else can add: call it last. PostgreSQL queues by an advisory lock, SQLite by its
    one writer.
    """
    session.flush()
    _queue(session)
    entry = AuditEntry(
        at=now, actor=actor.kind, account_id=actor.account_id, action=str(action), unit_id=subject.unit_id,
        kind=subject.kind, subject_id=str(subject.id), subject=clean(subject.words)[:LONGEST_SUBJECT],
        before=canonical(before or {}), after=canonical(after or {}), reason=clean(reason)[:LONGEST_REASON],
        person_id=person[0].id if person else None, sealed=_seal(*person) if person else None,
    )  # fmt: skip
    newest = select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    last = session.execute(newest).first()
    entry.number, entry.previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    entry.hash = entry_hash(entry.values, entry.previous)
    session.add(entry)
    session.flush()
    return entry


def _seal(person: Person, values: Mapping[str, str]) -> bytes:
    return person.seal(canonical(values))


def _queue(session: Session) -> None:
    """Wait for whoever is adding. On SQLite a write that changes nothing makes us the writer before we look."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    else:
        nothing = update(AuditEntry).where(false()).values(number=AuditEntry.number)
        session.execute(nothing.execution_options(synchronize_session=False))
