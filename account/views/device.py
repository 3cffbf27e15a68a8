"""Telling a browser in which somebody has signed in from a stranger's, so that strangers' guesses stay theirs.

A "device cookie" as OWASP describes it: signed, long-lived, worth nothing without the password. It says in which
browser somebody was signed in before, by keyed hashes of their addresses; tries from there are counted apart.
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
"""People who share a computer; of more the first is a stranger again."""


def password_door(email: str) -> bytes:
    """Where tries at a password are counted: by the address that was typed and who types, its owner's browser or not.

    Of a stranger the network address counts, hashed under a key of the day.
    """
    device, who = _device_of(email), _fold(email)
    if device:
        return keyring().mac("tries", "password", who, "device", device)
    return keyring().mac("tries", "password", who, local_date(clock.now()).isoformat(), client_address())


def code_door(email: str) -> bytes:
    """Where tries at a six-digit code are counted: one browser of its owner's, or all strangers together.

    Strangers have the password already and might come from a thousand addresses; a million codes are few.
    """
    return keyring().mac("tries", "code", _fold(email), _device_of(email) or "stranger")


def remember_device(response: Response, email: str) -> Response:
    """Note in the browser that *email* has signed in here."""
    told, mark = _read(), _mark(email)
    known = [each for each in told["of"] if each != mark][1 - MOST :]
    response.set_cookie(
        COOKIE, _serializer().dumps({"id": told["id"] or new_key(), "of": [*known, mark]}), max_age=DEVICE,
        path="/quan-tri", secure=settings().is_secure, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def _device_of(email: str) -> str:
    told = _read()
    return told["id"] if _mark(email) in told["of"] else ""


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
