"""The device cookie as OWASP describes it: throttle guesses from a known browser apart from those of strangers.

It is signed, long-lived, and worth nothing without the password. It holds keyed hashes of the addresses that were
signed in from this browser; attempts from there are counted apart.
"""

from typing import Any

from flask import Response, request
from itsdangerous import BadData, URLSafeSerializer

from account.rules.lifetimes import DEVICE
from core import clock
from core.crypto import new_key
from core.values.week import local_date
from core.web.client import client_address
from core.web.extensions import keyring, settings

COOKIE = "lang_nghe_may"
MOST = 8
"""The most people who share a browser; above that the first is forgotten."""


def address_door(email: str) -> bytes | None:
    """Return the throttle bucket of the day's network address for passwords of all accounts together.

    None for the browser of the owner of *email*, who is never delayed by what neighbours do.
    """
    if _device_of(email):
        return None
    return keyring().mac("tries", "address", local_date(clock.now()).isoformat(), client_address())


def password_door(email: str) -> bytes:
    """Return the throttle bucket of a password: by the typed e-mail address, and by its owner's browser or any other.

    For another browser the network address counts, hashed under a key of the day.
    """
    device, who = _device_of(email), _fold(email)
    if device:
        return keyring().mac("tries", "password", who, "device", device)
    return keyring().mac("tries", "password", who, local_date(clock.now()).isoformat(), client_address())


def code_door(email: str) -> bytes:
    """Return the throttle bucket of a six-digit code: one browser of its owner's, or all others together.

    Others know the password already and may use a thousand addresses, while there are only a million codes.
    """
    return keyring().mac("tries", "code", _fold(email), _device_of(email) or "stranger")


def remember_device(response: Response, email: str) -> Response:
    """Store in the browser's cookie that *email* has signed in here."""
    cookie, mark = _read(), _mark(email)
    known = [each for each in cookie["of"] if each != mark][1 - MOST :]
    response.set_cookie(
        COOKIE, _serializer().dumps({"id": cookie["id"] or new_key(), "of": [*known, mark]}), max_age=DEVICE,
        path="/quan-tri", secure=settings().is_secure, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def _device_of(email: str) -> str:
    cookie = _read()
    return cookie["id"] if _mark(email) in cookie["of"] else ""


def _read() -> dict[str, Any]:
    try:
        return dict(_serializer().loads(request.cookies.get(COOKIE, "")))
    except BadData:
        return {"id": "", "of": []}


def _fold(email: str) -> str:
    return email.strip().casefold()


def _mark(email: str) -> str:
    return keyring().mac("device", _fold(email))[:12].hex()


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(keyring().key("device-cookie"), salt="device")
