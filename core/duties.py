"""Duties that rooms register for set-up, for every day, for a server's start, and for before and after a restore."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal

from sqlalchemy.orm import Session, sessionmaker

from core.db import add_session_info, session_info

Duty = Callable[[Session, date], str]
"""Does its part as of a day, flushes, and returns a sentence about it; an empty sentence is not printed."""
DutyCollector = Callable[[Session], Duty]
"""Reads before anything is written, and returns the duty to run after that: what was read, before a restore, of data
that is about to be replaced by an older copy; or what a daily check found, which may take long without a lock.
"""
When = Literal["setup", "daily", "serve", "replaced", "restored"]
_DUTIES, _COLLECTORS, _CHECKS = "duties", "duty_collectors", "daily_checks"


def configure(
    sessions: sessionmaker[Session],
    *,
    collectors: Sequence[DutyCollector],
    checks: Sequence[DutyCollector] = (),
    **duties: Sequence[Duty],
) -> None:
    """Give the duties of each moment, in this order, to every session that *sessions* makes."""
    add_session_info(sessions, **{_DUTIES: duties, _COLLECTORS: collectors, _CHECKS: checks})


def collect_duties(session: Session) -> list[Duty]:
    """Return the duties to run after a restore that depend on the data which is replaced."""
    return [collect(session) for collect in session_info(session, _COLLECTORS)]


def check_daily(session: Session) -> list[Duty]:
    """Make the daily checks, which only read, and return the duties that mend what they found."""
    return [check(session) for check in session_info(session, _CHECKS)]


def run_duties(when: When, session: Session, today: date, *collected: Duty) -> Iterator[str]:
    """Run the duties of a moment, then the *collected* ones, and yield the sentence of each."""
    for duty in (*session_info(session, _DUTIES)[when], *collected):
        sentence = duty(session, today)
        if sentence:
            yield sentence
