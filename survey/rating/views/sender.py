"""The sender of a rating, as far as its request shows it without a cookie."""

import re

from flask import request

from account.views.session import may_be_signed_in, present_owner
from core.web.client import client_ip, household_of, network_of
from survey.counter.rules.networks import is_within
from survey.rating.forms import RatingForm
from survey.rating.operations.senders import Sender

MARK = re.compile(r"[A-Za-z0-9_-]{22}")
"""The form of the mark that a browser makes for itself: 128 bits in URL-safe base64."""
LONGEST_NAME = 400


def sender_of(form: RatingForm, own_networks: str) -> Sender:
    """Return the sender of the present request, which sent *form* to an office with these networks of its own."""
    mark = form.device.data or ""
    nearest, browser = client_ip(), request.headers.get("User-Agent", "")[:LONGEST_NAME]
    address = household_of(nearest)
    return Sender(
        page=f"{address} {form.form_token.data}",
        browser=f"{address} {browser}",
        device=mark if MARK.fullmatch(mark) else "",
        network=network_of(nearest),
        is_own=(may_be_signed_in() and present_owner() is not None) or is_within(nearest, own_networks),
    )
