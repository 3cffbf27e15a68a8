"""Addresses and pictures for pages that people share: Open Graph tags, and the replies with the pictures.

An absolute address is built of the configured public address alone, never of a header of the request.
"""

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from threading import Lock
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request, url_for

from core.share_card import MOST_KEPT, ShareCard, draw_card
from core.values.language import present
from core.web.arrival import arrived_at
from core.web.extensions import settings
from core.web.reply_cache import canonical_path, public_version

KEPT = "public, max-age=600"
"""Messengers fetch a picture again and again; after ten minutes its tag says whether it has changed."""
_PICTURES: dict[str, str] = {}
"""The endpoint of the picture of each page, by the page's endpoint; "" is that of every other page."""
_lock = Lock()
View = TypeVar("View", bound=Callable[..., Response])


def public_address(path: str = "") -> str:
    """Return *path* at the public address; "" while that opens on this machine alone."""
    return "" if settings().is_local else f"{settings().public_url}{path}"


def public_host() -> str:
    """Return the host of the public address, as people type it; "" while that opens on this machine alone."""
    return "" if settings().is_local else urlsplit(settings().public_url).netloc


def picture_of(*endpoints: str) -> Callable[[View], View]:
    """Declare that a view of a blueprint sends the picture of the pages *endpoints*; "" are all that have none."""

    def declare(view: View) -> View:
        blueprint = endpoints[0].partition(".")[0] or "report"
        _PICTURES.update(dict.fromkeys(endpoints, f"{blueprint}.{view.__name__}"))
        return view

    return declare


def picture_path() -> str:
    """Return the path of the picture of the page of this request; "" without one."""
    endpoint = _PICTURES.get(request.endpoint or "", _PICTURES.get("", ""))
    if not endpoint:
        return ""
    wanted = next(current_app.url_map.iter_rules(endpoint)).arguments
    given = {name: value for name, value in (request.view_args or {}).items() if name in wanted}
    return url_for(endpoint, **given) if given.keys() == wanted else ""


def page_path() -> str:
    """Return the path of the page of this request as its route builds it."""
    return canonical_path()


def picture_reply(make: Callable[[], ShareCard]) -> Response:
    """Return the picture of the card that *make* builds, with a tag by which it is sent once to each browser.

    A card is built once a minute of unchanged public data: a flood of requests costs one statement each.
    """
    return shared_file(draw_card(_kept_card(make)), "image/png")


def shared_file(content: bytes, mimetype: str, name: str = "") -> Response:
    """Return a file that is the same for everybody, with a tag by which it is sent once to each browser; with *name*
    it is shown under that name.
    """
    reply = Response(content, mimetype=mimetype)
    reply.headers["Cache-Control"] = KEPT
    if name:
        reply.headers["Content-Disposition"] = f'inline; filename="{name}"'
    reply.set_etag(sha256(content).hexdigest()[:24])
    reply.make_conditional(request)
    return reply


def _kept_card(make: Callable[[], ShareCard]) -> ShareCard:
    cards: OrderedDict[tuple[str, str], tuple[object, ShareCard]] = current_app.extensions.setdefault(
        "cards", OrderedDict()
    )
    key, version = (canonical_path(), present()), (public_version(), settings(), arrived_at().timestamp() // 60)
    found = cards.get(key)
    if found is not None and found[0] == version:
        return found[1]
    card = make()
    with _lock:
        cards[key] = (version, card)
        cards.move_to_end(key)
        while len(cards) > MOST_KEPT:
            cards.popitem(last=False)
    return card


def init_app(app: Flask) -> None:
    """Register the addresses of a page for templates."""
    app.jinja_env.globals.update(
        public_address=public_address, public_host=public_host, picture_path=picture_path, page_path=page_path
    )
