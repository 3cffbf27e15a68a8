"""Duties that rooms register for set-up, for every day, for a server's start, and for before and after a restore."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal

from sqlalchemy.orm import Session, sessionmaker

from core.db import add_session_info, session_info

Duty = Callable[[Session, date], str]
"""Does its part as of that day, flushes, and says in a sentence what it did; an empty sentence is not shown."""
DutyCollector = Callable[[Session], Duty]
"""Reads, before data is replaced by an older copy, what must hold in the copy too; the duty makes it hold there."""
When = Literal["setup", "daily", "serve", "replaced", "restored"]
_DUTIES, _COLLECTORS = "duties", "duty_collectors"


def configure(
    sessions: sessionmaker[Session], *, collectors: Sequence[DutyCollector], **duties: Sequence[Duty]
) -> None:
    """Let every session that *sessions* makes know the duties of each moment, in this order."""
    add_session_info(sessions, **{_DUTIES: duties, _COLLECTORS: collectors})


def collect_duties(session: Session) -> list[Duty]:
    """Return the duties for after a restore that follow from the data which will be replaced."""
    return [collect(session) for collect in session_info(session, _COLLECTORS)]


def run_duties(when: When, session: Session, today: date, *collected: Duty) -> Iterator[str]:
    """Run the duties of a moment, then the *collected* ones, and yield what each says."""
    for duty in (*session_info(session, _DUTIES)[when], *collected):
        said = duty(session, today)
        if said:
            yield said
