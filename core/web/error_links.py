"""The way back from an error: to the office or the contest under whose address somebody has lost their way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from core.web.extensions import db


@dataclass(frozen=True)
class BackLink:
    """A page that there is: what it is about, where it stands, and whom to call."""

    name: str
    address: str
    hotline: str = ""


Finder = Callable[[str], BackLink | None]
"""The word after a prefix → the page of what it names, if whoever asks may see that; a foreign thing is none."""


def init_app(app: Flask, finders: Mapping[str, Finder]) -> None:
    """Hand the rooms' finders in, by the prefix of the addresses below which they know their way."""
    app.extensions["ways"] = dict(finders)


def find_back_link() -> BackLink | None:
    """The way back from the present address; None where it tells none, or the database doesn't answer."""
    finders: dict[str, Finder] = current_app.extensions["ways"]
    for prefix, find in finders.items():
        if request.path.startswith(prefix):
            word = request.path.removeprefix(prefix).partition("/")[0]
            way = _asked(find, word) if word else None
            return way if way is not None and way.address != request.path else None
    return None


def _asked(find: Finder, word: str) -> BackLink | None:
    try:
        with db.session.no_autoflush:
            return find(word)
    except SQLAlchemyError:
        db.session.rollback()
        return None
