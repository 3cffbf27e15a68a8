"""What the rooms want done at set-up, once a day, as a server starts, before and after a restore."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal

from flask import Flask, current_app
from sqlalchemy.orm import Session

Duty = Callable[[Session, date], str]
"""Does its part as of that day, flushes, and says in a sentence what it did; an empty one is not told."""
When = Literal["setup", "daily", "serve", "replaced", "restored"]


def init_app(app: Flask, **duties: Sequence[Duty]) -> None:
    """Hand the duties of each moment in, to be done in this order."""
    app.extensions["duties"] = duties


def fulfil(when: When, session: Session, today: date) -> Iterator[str]:
    """Do what is due, and tell of each."""
    for duty in current_app.extensions["duties"][when]:
        told = duty(session, today)
        if told:
            yield told
