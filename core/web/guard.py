"""Checks before any view: foreign hosts and origins, a second slash, unasked or oversized bodies, invalid text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Flask, abort, request
from werkzeug.exceptions import Forbidden, SecurityError
from werkzeug.routing import IntegerConverter

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

SAFE = {"GET", "HEAD", "OPTIONS"}
READING = {"GET", "HEAD"}
BROKEN = re.compile("[\x00\ufffd\ud800-\udfff]")
"""NUL, the replacement character of a decoder and lone surrogates: none can come from a form that a person filled."""
LARGEST_NUMBER = 32767
"""The largest value of the smallest integer column; a larger week or counter does not exist, and querying it fails."""


class SmallNumber(IntegerConverter):
    """<int:…> in an address; a number that no column can hold is an unknown address (404)."""

    def __init__(self, map: Any, **options: Any) -> None:
        super().__init__(map, **({"max": LARGEST_NUMBER} | options))


def refuse_foreign_host() -> None:
    """Answer 400 to a forwarded host that is not ours; Flask's TRUSTED_HOSTS checks the Host header itself."""
    forwarded = request.headers.get("X-Forwarded-Host")
    if forwarded and forwarded != request.host:
        abort(400)
    if request.root_path:  # it would stand before every address of the page
        raise SecurityError


def refuse_second_slash() -> None:
    """Answer 404 to a path that begins with two slashes, which the routes would read as one."""
    if request.environ["PATH_INFO"].startswith("//"):
        abort(404)


def refuse_unasked_body() -> None:
    """Answer 400 to a GET or HEAD with a body: no page reads one."""
    if request.method in READING and has_body(request.environ):
        abort(400)


def has_body(environ: WSGIEnvironment) -> bool:
    """Whether a request has a body, or states a length that is not zero."""
    return "HTTP_TRANSFER_ENCODING" in environ or environ.get("CONTENT_LENGTH", "").strip("0") != ""


class ForeignForm(Forbidden):
    """A form that was not posted from a page of ours."""


def refuse_foreign_origin() -> None:
    """Answer 403 to a form posted from another site's page.

    Browsers before 2020 send neither header, or the right Origin. `Origin: null` comes from a framed, saved or
    redirected page of somebody else. Of our own pages only a browser that hides origins sends it, and all of those say
    beside it that the page was ours; no browser is known that hides the one and lacks the other, since our referrer
    policy lets every browser name the origin to ourselves.
    """
    if request.method in SAFE:
        return
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin == "null":
        is_ours = site in {"same-origin", "none"}
    else:
        is_ours = site != "cross-site" and (origin is None or host_of(origin) == request.host)
    if not is_ours:
        raise ForeignForm


def host_of(origin: str) -> str:
    """Return host and port of an Origin header; empty when it is malformed."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def refuse_broken_text() -> None:
    """Answer 400 to NUL, lone surrogates and bytes that are not UTF-8, in the path, the query or the form."""
    if not is_utf8(request.query_string) or not is_utf8(body_of_form()):
        abort(400)
    texts = [request.path, *request.args, *request.args.values()]
    if request.method not in SAFE:
        for name, values in request.form.lists():
            texts += [name, *values]
    if BROKEN.search("".join(texts)):
        abort(400)


def body_of_form() -> bytes:
    """Return the body of an urlencoded form; 413 at the limit, where a body without a length would be cut silently."""
    body = request.get_data()
    if len(body) >= (request.max_content_length or len(body) + 1):
        abort(413)
    return body if request.mimetype == "application/x-www-form-urlencoded" else b""


def is_utf8(encoded: bytes) -> bool:
    """Whether urlencoded bytes are UTF-8 once unquoted; Werkzeug would quote invalid ones again and accept them."""
    try:
        unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return False
    return True


def init_app(app: Flask) -> None:
    """Register the checks."""
    app.url_map.converters["int"] = SmallNumber
    checks = (refuse_foreign_host, refuse_second_slash, refuse_unasked_body, refuse_foreign_origin, refuse_broken_text)
    for check in checks:
        app.before_request(check)
