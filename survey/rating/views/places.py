"""The place behind the address of a submission."""

from functools import lru_cache

from flask import abort, current_app

from core.data_version import PUBLIC, current_version
from core.values.language import present
from core.web.extensions import db, keyring
from survey.counter.queries.printed import signer
from survey.counter.rules.address import tidy
from survey.rating.queries.place import RatedPlace, find_place


def place_of(code: str) -> RatedPlace:
    """Return the place behind a printed address; 404 if there is none."""
    return find_place(db.session, keyring(), code) or abort(404)


def place_answered(code: str) -> RatedPlace:
    """Return the place as a submission needs it, read once a process, language and version of the public data."""
    kept = current_app.extensions.setdefault(
        "rated_places", lru_cache(maxsize=1000)(lambda issued, _version, _language: place_of(issued))
    )
    issued = tidy(code, signer(keyring())) or abort(404)
    place: RatedPlace = kept(issued, current_version(db.session.connection(), PUBLIC), present())
    return place
