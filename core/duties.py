"""What the rooms want done at set-up, once a day, as a server starts and after a restore: app.py hands it in."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal

from flask import Flask, current_app
from sqlalchemy.orm import Session

Duty = Callable[[Session, date], str]
"""Does its part as of that day, flushes, and says in a sentence what it did; an empty one is not told."""
Carry = Callable[[Session], Duty]
"""Reads data that is about to be replaced by a copy of its own past; gives what is to be done to that copy."""
When = Literal["setup", "daily", "serve", "restored"]


def init_app(app: Flask, *, carried: Sequence[Carry], **duties: Sequence[Duty]) -> None:
    """Hand the duties of each moment in, to be done in this order, and what is *carried* over a restore."""
    app.extensions["duties"] = duties
    app.extensions["carried"] = carried


def carry(session: Session) -> list[Duty]:
    """What is to be done after a restore for the sake of what was done since the copy was made."""
    return [each(session) for each in current_app.extensions["carried"]]


def fulfil(when: When, session: Session, today: date) -> Iterator[str]:
    """Do what is due, and tell of each."""
    for duty in current_app.extensions["duties"][when]:
        told = duty(session, today)
        if told:
            yield told
