"""Gzip replies for browsers that take it, so that an installation without a proxy sends small pages too.

A kept page (`core.web.reply_cache`) is compressed once: its fixed pieces one by one, so that a request only joins them
around the values of its slots. No piece refers to another, so a token in a slot is never compressed together with
anything else. Other replies are compressed when they are sent, except those that vary by cookie or set one: they hold
the CSRF token of a signed-in person, and the size of a page that repeats typed text beside a token reveals the token
letter by letter (BREACH). A citizen's page has no cookie, and its form token is no secret: it is anybody's. A cookie
that belongs to no token of its page is set with `compress_beside_cookie`: otherwise a first visit would weigh thrice as
much as all later ones.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.http import parse_accept_header

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SMALLEST, LARGEST = 1024, 2 * 1024 * 1024
"""Bytes: below one packet nothing is gained; above is a download, which is sent as it is."""
KINDS = ("text/", "application/json", "application/javascript", "application/manifest+json", "image/svg+xml")
_ONCE, _EACH_TIME = 6, 4
"""Levels of compression. The fourth makes a paper 5 % smaller than the third, in a twentieth of a millisecond more."""
_RAW = -zlib.MAX_WBITS
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""The header of a gzip file (RFC 1952) without a name and a time."""
_END = b"\x03\x00"
"""An empty last block of a deflate stream (RFC 1951)."""
_LONGEST_STORED = 0xFFFF
_DONE, _BESIDE_COOKIE = "lang_nghe.compressed", "lang_nghe.compressed_beside_cookie"


@lru_cache(maxsize=256)
def _takes_gzip(accepted: str) -> bool:
    return parse_accept_header(accepted).quality("gzip") > 0


def takes_gzip(environ: WSGIEnvironment) -> bool:
    """Whether the browser takes gzip."""
    return _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))


def is_compressible(headers: Headers) -> bool:
    """Whether the reply is text that is not compressed yet."""
    return headers.get("Content-Type", "").startswith(KINDS) and "Content-Encoding" not in headers


def leave_as_is(environ: WSGIEnvironment) -> None:
    """Say that the reply to this request is as it shall be sent, compressed or not."""
    environ[_DONE] = True


def compress_beside_cookie(environ: WSGIEnvironment) -> None:
    """Say that the cookie which the reply to this request sets has nothing to do with what its page holds."""
    environ[_BESIDE_COOKIE] = True


def packed_piece(text: str) -> bytes:
    """Return *text* as deflate blocks that refer to no other piece."""
    made = zlib.compressobj(_ONCE, zlib.DEFLATED, _RAW)
    return made.compress(text.encode()) + made.flush(zlib.Z_FULL_FLUSH)


def _stored(content: bytes) -> bytes:
    """Return *content* as deflate blocks that store it as it is."""
    parts = [content[at : at + _LONGEST_STORED] for at in range(0, len(content), _LONGEST_STORED)]
    return b"".join(b"\x00%b%b%b" % (_two(len(part)), _two(len(part) ^ 0xFFFF), part) for part in parts)


def _two(number: int) -> bytes:
    return number.to_bytes(2, "little")


def joined(pieces: Sequence[bytes], values: Sequence[str], body: bytes) -> bytes:
    """Return the gzip file of *body*: the packed *pieces* with the *values* between them."""
    blocks = [pieces[0]]
    for value, piece in zip(values, pieces[1:], strict=True):
        blocks += (_stored(value.encode()), piece)
    size = (len(body) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"".join((_HEAD, *blocks, _END, zlib.crc32(body).to_bytes(4, "little"), size))


def mark(headers: Headers) -> None:
    """Say in *headers* that the body is gzip; its ETag becomes a weak one (RFC 9110 §8.8.3)."""
    headers["Content-Encoding"] = "gzip"
    etag = headers.get("ETag", "")
    if etag.startswith('"'):
        headers["ETag"] = f"W/{etag}"
    headers.pop("Accept-Ranges", None)


class Compression:
    """A WSGI middleware that compresses replies."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> object:
            begun.append((status, headers))
            return None

        body = self._inner(environ, start)  # type: ignore[arg-type]
        status, sent = begun[-1]
        headers = Headers(sent) if _DONE not in environ else None
        if headers is not None and is_compressible(headers):
            may = _may_compress(environ, status, headers)
            headers.add("Vary", "Accept-Encoding")
            body = _compressed(body, headers) if may else body
            sent = list(headers)
        start_response(status, sent)
        return body


def _may_compress(environ: WSGIEnvironment, status: str, headers: Headers) -> bool:
    """Whether the reply has a body of a fit size that holds no token of a signed-in person."""
    is_whole = environ["REQUEST_METHOD"] != "HEAD" and not status.startswith(("204", "206", "304"))
    size = headers.get("Content-Length", type=int) or 0
    sets_token = "Set-Cookie" in headers and _BESIDE_COOKIE not in environ
    is_personal = sets_token or "cookie" in headers.get("Vary", "").lower()
    return is_whole and SMALLEST <= size <= LARGEST and not is_personal and takes_gzip(environ)


def _compressed(body: Iterable[bytes], headers: Headers) -> list[bytes]:
    try:
        whole = b"".join(body)
    finally:
        if close := getattr(body, "close", None):
            close()
    packed = zlib.compress(whole, _EACH_TIME, zlib.MAX_WBITS | 16)
    mark(headers)
    headers["Content-Length"] = str(len(packed))
    return [packed]


def init_app(app: Flask) -> None:
    """Wrap *app*, its kept replies included."""
    app.wsgi_app = Compression(app.wsgi_app)  # type: ignore[method-assign]
