"""The link back on an error page: to the office or contest of the request's address."""

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
"""The segment after a prefix → the page of that object, if the visitor may see it; None for an unknown one."""


def init_app(app: Flask, finders: Mapping[str, Finder]) -> None:
    """Register the rooms' finders by the address prefix that each serves."""
    app.extensions["error_finders"] = dict(finders)


def find_back_link() -> BackLink | None:
    """Return the link back from the present address; None where there is none, or the database does not answer."""
    finders: dict[str, Finder] = current_app.extensions["error_finders"]
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
