"""Write the audit trail, as the last step of an operation in its own transaction."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import false, select, text, update
from sqlalchemy.orm import Session

from account.models import Account, AuditEntry
from account.rules.actions import AccountAction
from account.rules.chain import GENESIS, Plain, canonical, entry_hash
from core import clock
from core.data_version import PUBLIC, renew_version
from core.person_keys import Person
from core.values.kept import kept
from core.values.text import N_, clean

LOCK = 0x4C4E_4155
"""PostgreSQL's advisory lock of the trail ("LNAU"): writers wait until the previous one has committed."""
LONGEST_SUBJECT, LONGEST_REASON = 300, 500
_ACCOUNT = kept(N_("Tài khoản số %(id)s"))


@dataclass(frozen=True)
class Actor:
    """The actor of an operation: an account, a person at the terminal, or the system."""

    kind: str
    account_id: int | None = None

    @property
    def owner(self) -> str:
        """The name under which things are kept that are this actor's ("account:12", "system"); see `actor_of`."""
        return self.kind if self.account_id is None else f"{self.kind}:{self.account_id}"


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
    """The subject of an audit entry: a table's kind and id, words, and the unit that may see it (None: all)."""

    kind: str
    id: int | str | uuid.UUID
    words: str
    unit_id: int | None


def account_subject(account: Account) -> Subject:
    """Return an account as a subject, by its number and never by its name."""
    return Subject("account.account", account.id, _ACCOUNT % {"id": account.id}, account.unit_id)


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
    """Append an entry to the chain, in the transaction of the action.

    *before* and *after* hold plain values without personal data. Personal values go into *person* with that person's
    decrypted key, and are sealed under it.

    The commit renews the version of the public data, so that cached pages are rendered again after every action.
    It blocks other writers of the trail until the commit, so call it last. PostgreSQL queues by an advisory lock,
    SQLite by its single writer.
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
    renew_version(session, PUBLIC)
    return entry


def record_export(session: Session, actor: Actor, entries: int, *, now: datetime) -> None:
    """Record that *entries* of the audit trail were taken out as a sheet."""
    about = Subject("account.audit", "", N_("Nhật ký"), None)
    record(session, actor, AccountAction.AUDIT_EXPORT, about, after={"entries": entries}, now=now)


def record_at_terminal(session: Session, action: str, words: str, after: Mapping[str, int | str]) -> None:
    """Record what a room below the accounts did at the terminal: the writer that `core.audit_hook` is given."""
    about = Subject(action.partition(".")[0], "", words, None)
    record(session, TERMINAL, action, about, after=after, now=clock.now())


def _seal(person: Person, values: Mapping[str, str]) -> bytes:
    return person.seal(canonical(values))


def _queue(session: Session) -> None:
    """Wait for other writers of the trail. On SQLite a write without effect takes the write lock before the read."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    else:
        nothing = update(AuditEntry).where(false()).values(number=AuditEntry.number)
        session.execute(nothing.execution_options(synchronize_session=False))
