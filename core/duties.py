"""Duties that rooms register for set-up, for every day, for a server's start, and for before and after a restore."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal

from sqlalchemy.orm import Session, sessionmaker

from core.db import add_session_info, session_info

Duty = Callable[[Session, date], str]
"""Does its part as of a day, flushes, and returns a sentence about it; an empty sentence is not printed."""
DutyCollector = Callable[[Session], Duty]
"""Reads data that is about to be replaced by an older copy, and returns the duty that applies it to the copy."""
When = Literal["setup", "daily", "serve", "replaced", "restored"]
_DUTIES, _COLLECTORS = "duties", "duty_collectors"


def configure(
    sessions: sessionmaker[Session], *, collectors: Sequence[DutyCollector], **duties: Sequence[Duty]
) -> None:
    """Give the duties of each moment, in this order, to every session that *sessions* makes."""
    add_session_info(sessions, **{_DUTIES: duties, _COLLECTORS: collectors})


def collect_duties(session: Session) -> list[Duty]:
    """Return the duties to run after a restore that depend on the data which is replaced."""
    return [collect(session) for collect in session_info(session, _COLLECTORS)]


def run_duties(when: When, session: Session, today: date, *collected: Duty) -> Iterator[str]:
    """Run the duties of a moment, then the *collected* ones, and yield the sentence of each."""
    for duty in (*session_info(session, _DUTIES)[when], *collected):
        sentence = duty(session, today)
        if sentence:
            yield sentence
