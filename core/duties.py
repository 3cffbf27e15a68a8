"""What the rooms want done when an instance is set up, and once a day: app.py hands it in, the commands do it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal

from flask import Flask, current_app
from sqlalchemy.orm import Session

Duty = Callable[[Session, date], str]
"""Does its part as of that day, flushes, and says in a sentence what it did."""
When = Literal["setup", "daily"]


def init_app(app: Flask, *, setup: Sequence[Duty], daily: Sequence[Duty]) -> None:
    """Hand the duties in, to be done in this order."""
    app.extensions["duties"] = {"setup": setup, "daily": daily}


def fulfil(when: When, session: Session, today: date) -> Iterator[str]:
    """Do what is due, and tell of each."""
    for duty in current_app.extensions["duties"][when]:
        yield duty(session, today)
