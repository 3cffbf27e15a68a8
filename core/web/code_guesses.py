"""Throttle wrong codes: from one network address the first ones are 404, then 429 for longer and longer.

A right code is served all the same, so that a person in a village hall, whose address others share, is never kept out:
receipts, personal codes and the links of accounts have 76 bits or more, of which no number of requests finds one. What
the throttle ends is the trying itself.

A code of a few digits is found by trying on: its guesses are counted for what it guards, before each is checked.
"""

from datetime import datetime
from typing import Any

from flask import Response, after_this_request
from flask_babel import gettext as _

from core import clock
from core.throttle import Shut, count_try, forget_tries
from core.values.delay import A_CALLER, CODES, Budget
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
    return _count(keyring().mac("tries", "wrong code", local_date(now).isoformat(), client_address()), now, CODES)


def refuse_guess(field: Any, *guarded: str) -> int:
    """Count a guess at the short code of what is *guarded*, before it is checked; return 0, or 429 after too many, with
    the wait written on *field*. From wherever they come: addresses are cheaper than digits.
    """
    seconds = _count(_guesses_of(guarded), clock.now(), A_CALLER)
    if not seconds:
        return 0
    field.errors = [_("Đã thử sai nhiều lần. Xin đợi %(n)s giây rồi thử lại.", n=seconds)]
    return 429


def forget_guesses(*guarded: str) -> None:
    """Forget the guesses at the code of what is *guarded*, after a right one; the caller commits."""
    forget_tries(db.session, _guesses_of(guarded))


def _guesses_of(guarded: tuple[str, ...]) -> bytes:
    return keyring().mac("tries", "short code", *guarded)


def _count(bucket: bytes, now: datetime, budget: Budget) -> int:
    try:
        count_try(db.session, bucket, now, budget)
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
