"""Retention rules as data: the daily purge applies them and stores each run."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from core.db import Base, UtcDateTime, add_session_info, session_info
from core.values.week import day_start

Remove = Callable[[Session, date], int]
"""Removes what has expired as of a day, flushes, and returns how many rows it removed."""
_RULES = "retention_rules"


@dataclass(frozen=True)
class Rule:
    """A kind of data: its code, name, retention period, the reason for that period, and the function that removes
    it.
    """

    code: str
    kind: str
    period: str
    basis: str
    remove: Remove


@dataclass(frozen=True)
class Kept:
    """A rule with its last run and the day it is due next."""

    rule: Rule
    last: "Purge | None"
    due: date


class Purge(Base):
    """One run of one rule: how many rows it removed; nothing of their content."""

    __tablename__ = "core_purge"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    rule: Mapped[str] = mapped_column(String(30), index=True)
    kind: Mapped[str] = mapped_column(String(200))
    removed: Mapped[int]


def configure(sessions: sessionmaker[Session], rules: Sequence[Rule]) -> None:
    """Give the rules of all rooms, in this order, to every session that *sessions* makes."""
    add_session_info(sessions, **{_RULES: tuple(rules)})


def rules(session: Session) -> tuple[Rule, ...]:
    """Return every rule of this installation."""
    found: tuple[Rule, ...] = session_info(session, _RULES)
    return found


def purge(session: Session, *, today: date, now: datetime) -> Iterator[Purge]:
    """Apply every rule as of *today* and store each run, including those that found nothing.

    The caller commits, or rolls back a trial run.
    """
    for rule in rules(session):
        run = Purge(at=now, rule=rule.code, kind=rule.kind, removed=rule.remove(session, today))
        session.add(run)
        session.flush()
        yield run


def last_purge(session: Session) -> datetime | None:
    """Return when the rules were last followed; None before the first time."""
    return session.scalar(select(func.max(Purge.at)))


def list_kept(session: Session, *, today: date) -> list[Kept]:
    """Return every rule with its last run. A rule that ran today is due tomorrow, any other one today."""
    newest = select(func.max(Purge.id)).group_by(Purge.rule)
    last = {run.rule: run for run in session.scalars(select(Purge).where(Purge.id.in_(newest)))}
    found = []
    for rule in rules(session):
        run = last.get(rule.code)
        is_done = run is not None and run.at >= day_start(today)
        found.append(Kept(rule, run, today + timedelta(days=1) if is_done else today))
    return found
