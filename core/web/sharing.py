"""Addresses and pictures for pages that people share: Open Graph tags, and the replies with the pictures.

An absolute address is built of the configured public address alone, never of a header of the request.
"""

from hashlib import sha256
from urllib.parse import urlsplit

from flask import Flask, Response, request

from core.share_card import ShareCard, draw_card
from core.web.extensions import settings

KEPT = "public, max-age=600"
"""Messengers fetch a picture again and again; after ten minutes its tag says whether it has changed."""


def public_address(path: str = "") -> str:
    """Return *path* at the public address; "" while that opens on this machine alone."""
    return "" if settings().is_local else f"{settings().public_url}{path}"


def public_host() -> str:
    """Return the host of the public address, as people type it; "" while that opens on this machine alone."""
    return "" if settings().is_local else urlsplit(settings().public_url).netloc


def picture_reply(card: ShareCard) -> Response:
    """Return the picture of *card*, with a tag by which it is sent once to each browser."""
    content = draw_card(card)
    reply = Response(content, mimetype="image/png")
    reply.headers["Cache-Control"] = KEPT
    reply.set_etag(sha256(content).hexdigest()[:24])
    reply.make_conditional(request)
    return reply


def init_app(app: Flask) -> None:
    """Register `public_address` and `public_host` for templates."""
    app.jinja_env.globals.update(public_address=public_address, public_host=public_host)
