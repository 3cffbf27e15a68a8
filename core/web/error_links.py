"""The link back on an error page: to the office or contest under whose address the request was."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from core.web.extensions import db


@dataclass(frozen=True)
class BackLink:
    """A link to an existing page: its name, address and hotline."""

    name: str
    address: str
    hotline: str = ""


Finder = Callable[[str], BackLink | None]
"""The word after a prefix → the page of what it names, if the visitor may see it; None for a foreign one."""


def init_app(app: Flask, finders: Mapping[str, Finder]) -> None:
    """Register the rooms' finders, by the prefix of the addresses that they know."""
    app.extensions["ways"] = dict(finders)


def find_back_link() -> BackLink | None:
    """Return the link back from the present address; None where there is none, or the database doesn't answer."""
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
