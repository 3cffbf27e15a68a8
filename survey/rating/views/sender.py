"""The sender of a rating, as far as its request shows it without a cookie."""

import re

from flask import current_app, request

from account.views.session import present_owner
from core.web.client import client_address, client_ip, client_network
from survey.counter.rules.networks import is_within
from survey.rating.forms import RatingForm
from survey.rating.operations.senders import Sender

MARK = re.compile(r"[A-Za-z0-9_-]{22}")
"""The form of the mark that a browser makes for itself: 128 bits in URL-safe base64."""
LONGEST_NAME = 400


def sender_of(form: RatingForm, own_networks: str) -> Sender:
    """Return the sender of the present request, which sent *form* to an office with these networks of its own."""
    mark = form.device.data or ""
    address, browser = client_address(), request.headers.get("User-Agent", "")[:LONGEST_NAME]
    return Sender(
        page=f"{address} {form.form_token.data}",
        browser=f"{address} {browser}",
        device=mark if MARK.fullmatch(mark) else "",
        network=client_network(),
        is_own=_is_signed_in() or is_within(client_ip(), own_networks),
    )


def _is_signed_in() -> bool:
    """Whether a member of staff is signed in; the session is not read for a citizen, who has no cookie."""
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies and present_owner() is not None
