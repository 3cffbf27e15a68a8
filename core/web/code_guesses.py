"""Throttle wrong codes: from one network address the first ones are 404, then 429 for longer and longer.

A right code is served all the same, so that a person in a village hall, whose address others share, is never kept out:
receipts, personal codes and the links of accounts have 76 bits or more, of which no number of requests finds one. What
the throttle ends is the trying itself.
"""

from typing import Any

from flask import Response, after_this_request
from flask_babel import gettext as _

from core import clock
from core.throttle import Shut, count_try
from core.values.delay import CODES
from core.values.week import local_date
from core.web.client import client_address
from core.web.extensions import db, keyring


def refuse_code(field: Any, why: str) -> int:
    """Write on *field* *why* its code is refused, and count it; return 404, or 429 after too many from this address."""
    seconds = count_wrong_code()
    if seconds:
        wait = _("Từ mạng này đã nhập sai nhiều mã. Xin đợi %(n)s giây rồi thử lại.", n=seconds)
        field.errors = [f"{why} {wait}"]
        return 429
    field.errors = [why]
    return 404


def count_wrong_code() -> int:
    """Count a wrong code from this address; return 0, or after too many the seconds to wait, which the reply names."""
    now = clock.now()
    bucket = keyring().mac("tries", "wrong code", local_date(now).isoformat(), client_address())
    try:
        count_try(db.session, bucket, now, CODES)
        db.session.commit()
    except Shut as shut:
        _ask_to_wait(shut.seconds)
        return shut.seconds
    return 0


def _ask_to_wait(seconds: int) -> None:
    @after_this_request
    def say(response: Response) -> Response:
        response.headers["Retry-After"] = str(seconds)
        return response
