"""What the rooms want done at set-up, once a day, as a server starts, before and after a restore."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal

from flask import Flask, current_app
from sqlalchemy.orm import Session

Duty = Callable[[Session, date], str]
"""Does its part as of that day, flushes, and says in a sentence what it did; an empty one is not told."""
Carry = Callable[[Session], Duty]
"""Reads, before data is replaced by a copy of its own past, what must hold in the copy too; the duty makes it hold."""
When = Literal["setup", "daily", "serve", "replaced", "restored"]


def init_app(app: Flask, *, carried: Sequence[Carry], **duties: Sequence[Duty]) -> None:
    """Hand the duties of each moment in, to be done in this order."""
    app.extensions["duties"], app.extensions["carried"] = duties, carried


def carry(session: Session) -> list[Duty]:
    """What is to be done after a restore, as the data is now that will be replaced."""
    return [each(session) for each in current_app.extensions["carried"]]


def fulfil(when: When, session: Session, today: date, *carried: Duty) -> Iterator[str]:
    """Do what is due, then what was *carried* here, and tell of each."""
    for duty in (*current_app.extensions["duties"][when], *carried):
        told = duty(session, today)
        if told:
            yield told
