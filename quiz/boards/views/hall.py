"""The frame of a page that is shown in a hall, with the QR code of the address to join by."""

from datetime import datetime
from typing import Any

from flask import request, url_for
from markupsafe import Markup

from core import qr
from core.web.extensions import settings
from quiz.contest.models import Contest, Round
from quiz.contest.views import typed_address

HALL = "chieu"
"""The value of an address that asks for a page to be shown in a hall; for a round, how many prizes are open."""


def is_in_hall() -> bool:
    """Whether the address of the present request asks for the page in a hall."""
    return HALL in request.args


def hall_query(*known: str) -> dict[str, str]:
    """Return the value of the address for the hall, empty unless it is one of the *known*; nothing elsewhere."""
    asked = request.args.get(HALL)
    return {} if asked is None else {HALL: asked if asked in known else ""}


def hall_frame(contest: Contest, now: datetime) -> dict[str, Any]:
    """Return the round to join with the QR code of its address; without an open round, of the contest's page."""
    address = settings().public_url + url_for("quiz.contest", slug=contest.slug)
    return {
        "join": _open_round(contest, now),
        "join_qr": Markup(qr.svg(address, title=address)),  # noqa: S704 - our own drawing
        "join_address": typed_address(contest),
        "now": now,
    }


def _open_round(contest: Contest, now: datetime) -> Round | None:
    if contest.called_off_at is not None:
        return None
    return next((round for round in contest.rounds if round.opens_at <= now < round.closes_at), None)
