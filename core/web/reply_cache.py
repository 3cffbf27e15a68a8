"""A cache of whole replies for public pages, one per process and of limited size, that is looked up before Flask.

A view calls `keep_reply` when its page is the same for every visitor, with the values of the query that the page
depends on. The reply then answers every request with the same scheme, path and values, until the public data change
(`core.data_version.PUBLIC`, read from the database for each request, so that a change by another process counts at
once), the settings change, or its period ends. A reply that sets a cookie or is not 200 is not kept.

The path of a key is the one that the route builds of the arguments of the view, and its query holds the declared values
alone; the present language, of which there are few, is a part of its own (`core.web.language`). An address spelt
otherwise (`/tuan/08`, `?fbclid=…`) reaches the view, whose `keep_reply` answers with the reply kept for what the
address means: otherwise anybody could have a page rendered for each request, and fill the cache with copies of it. The
host is no part of a key, since pages print no host but that of the settings; as the application refuses foreign hosts,
so does the look-up.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlencode

from flask import Flask, Response, abort, current_app, request
from markupsafe import escape
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import Headers
from werkzeug.exceptions import SecurityError
from werkzeug.http import parse_etags
from werkzeug.wsgi import get_host

from core import clock
from core.data_version import PUBLIC, current_version
from core.values.language import present
from core.web import slots
from core.web.arrival import arrived_at
from core.web.compression import SMALLEST, is_compressible, joined, leave_as_is, mark, packed_piece, takes_gzip
from core.web.extensions import db, settings
from core.web.guard import READING, has_body

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Key = tuple[str, ...]
LARGEST_CACHE = 32 * 1024 * 1024
"""The number of characters of pages that a process keeps, the least recently used being removed first; compressed they
take a third more."""
SHARED = "public, max-age=0, s-maxage=10, must-revalidate"
"""The Cache-Control of a page that is the same for every visitor: a proxy may answer with it for ten seconds, a browser
asks whether its copy is still the page.
"""
_MARK, _KEY, _FOUND, _ADDRESS = "lang_nghe.keep", "lang_nghe.key", "lang_nghe.found", "lang_nghe.address"


@dataclass(frozen=True)
class Validity:
    """The state that a reply was made from, and the period of *seconds* since the epoch in which it is valid.

    `slots` are the functions that make the values of each single request (`core.web.slots`).
    """

    version: int
    settings: Any
    seconds: int
    period: float
    slots: Mapping[str, Callable[[], str]]

    def is_as_good_as(self, present: Validity) -> bool:
        """Whether it is made from the same state, in the same period, as a reply of *present* would be."""
        return (self.version, self.period, self.settings) == (present.version, present.period, present.settings)

    def is_over(self, settings: Any) -> bool:
        """Whether the period has ended, or *settings* are not those that the reply was made with."""
        return self.settings is not settings or self.period != clock.now().timestamp() // self.seconds


@dataclass(frozen=True)
class CachedReply:
    """A finished reply, its body cut at its slots."""

    validity: Validity
    status: str
    headers: list[tuple[str, str]]
    parts: tuple[str, ...]

    @property
    def size(self) -> int:
        """The number of characters of the body."""
        return sum(map(len, self.parts))

    @cached_property
    def packed(self) -> tuple[bytes, ...]:
        """The pieces of text between the slots, compressed once."""
        return tuple(packed_piece(text) for text in self.parts[::2])

    @cached_property
    def etag(self) -> str:
        """The tag of the body; "" where requests or visitors get different ones, or none at all."""
        is_one = len(self.parts) == 1 and _is_equal_for_all(self.status, self.headers)
        return f'"{sha256(self.parts[0].encode()).hexdigest()[:24]}"' if is_one else ""

    @cached_property
    def _sent_headers(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]] | None]:
        """The headers without a length: of the text, and of the gzip file if the reply may be one."""
        plain = Headers(self.headers)
        plain.pop("Content-Length", None)
        if self.etag:
            plain["ETag"], plain["Cache-Control"] = self.etag, SHARED
        if not is_compressible(plain) or self.size < SMALLEST:
            return list(plain), None
        plain.add("Vary", "Accept-Encoding")
        packed = Headers(plain)
        mark(packed)
        return list(plain), list(packed)

    def give(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        """Send the reply, with the values of the present request in its slots; its headers alone for HEAD."""
        made = {name: escape(make()) for name, make in self.validity.slots.items()}
        body = slots.fill(self.parts, made).encode()
        headers, packed_headers = self._sent_headers
        if self.etag and parse_etags(environ.get("HTTP_IF_NONE_MATCH")).contains_weak(self.etag.strip('"')):
            leave_as_is(environ)
            start_response("304 NOT MODIFIED", packed_headers or headers)
            return []
        if packed_headers and takes_gzip(environ):
            body, headers = joined(self.packed, [made[name] for name in self.parts[1::2]], body), packed_headers
        leave_as_is(environ)
        start_response(self.status, [*headers, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


class Replies:
    """The kept replies by key, the least recently used first."""

    def __init__(self, largest: int = LARGEST_CACHE) -> None:
        self._largest, self._size, self._lock = largest, 0, Lock()
        self._kept: OrderedDict[Key, CachedReply] = OrderedDict()

    def find(self, key: Key) -> CachedReply | None:
        """Return the reply kept under *key*; None if there is none."""
        with self._lock:
            reply = self._kept.get(key)
            if reply is not None:
                self._kept.move_to_end(key)
            return reply

    def keep(self, key: Key, reply: CachedReply) -> None:
        """Keep *reply* under *key* in place of an older one; a reply larger than the whole cache is not kept."""
        if reply.size > self._largest:
            return
        with self._lock:
            self._drop(key)
            self._kept[key] = reply
            self._size += reply.size
            while self._size > self._largest:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        if reply := self._kept.pop(key, None):
            self._size -= reply.size


def keep_reply(
    *,
    seconds: int = 1,
    slots: Mapping[str, Callable[[], str]] | None = None,
    version: int | None = None,
    arguments: Mapping[str, object] | None = None,
    query: Mapping[str, object] | None = None,
) -> None:
    """Keep the reply to this request, which is the same for every visitor, for *seconds* of unchanged public data.

    *arguments* are those of the view, as it understood them, where several spellings mean the same page; *query* are
    the values of the query that the page depends on, as the view understood them. If a reply for them is kept, though
    the address of the request differs, the view ends here.

    *slots* make the values in which the replies differ: the page prints `slot(name)` in their places. Call it before
    the page reads anything, or give the *version* that was read in the same statement as the data of the page. Periods
    are counted from the epoch: rounds open, close and are published at whole seconds, so a page kept for a second never
    shows the state before such a moment.
    """
    if version is None:
        version = public_version()
    period = arrived_at().timestamp() // seconds
    environ = request.environ
    environ[_MARK] = validity = Validity(version, settings(), seconds, period, slots or {})
    if environ["REQUEST_METHOD"] == "HEAD":
        environ["REQUEST_METHOD"] = "GET"  # a reply to HEAD would have no body to keep
    path, meant = canonical_path(arguments), urlencode(sorted((query or {}).items()))
    environ[_ADDRESS] = f"{path}?{meant}" if meant else path
    if (asked := environ.get(_KEY)) is None:
        return
    environ[_KEY] = key = (asked[0], _path_info(path), meant, present())
    found = replies(current_app).find(key) if key != asked else None
    if found is not None and found.validity.is_as_good_as(validity):
        environ[_FOUND] = found
        abort(Response())


def kept_address() -> str | None:
    """Return the path and query that a kept page declared, without its language; None for any other page."""
    found: str | None = request.environ.get(_ADDRESS)
    return found


def canonical_path(arguments: Mapping[str, object] | None = None) -> str:
    """Return the path that the route of this request builds of *arguments*, by default those of the view."""
    built = request.url_rule.build(arguments or request.view_args or {}) if request.url_rule else None
    return built[1] if built else request.path


def _path_info(path: str) -> str:
    """Return *path* as a server passes it to the application (PEP 3333)."""
    return unquote_to_bytes(path).decode("latin-1")


def public_version() -> int:
    """Return the present version of the public data, for a view that must read before it calls `keep_reply`."""
    return current_version(db.session.connection(), PUBLIC)


class ReplyCache:
    """A WSGI middleware that answers with kept replies, and keeps those that a view has marked."""

    def __init__(self, app: Flask, engine: Engine) -> None:
        self._app, self._engine, self._inner = app, engine, app.wsgi_app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[_KEY] = key = _key(environ, self._app.config["TRUSTED_HOSTS"])
        reply = self._valid(replies(self._app).find(key)) if key else None
        return reply.give(environ, start_response) if reply else self._answer(environ, start_response)

    def _valid(self, reply: CachedReply | None) -> CachedReply | None:
        """Return *reply* if it is still valid, else None."""
        if reply is None or reply.validity.is_over(self._app.extensions["settings"]):
            return None
        try:
            with self._engine.connect() as connection:
                version = current_version(connection, PUBLIC)
        except SQLAlchemyError:
            return None  # the application has a page for this error
        return reply if reply.validity.version == version else None

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Let the application answer; keep the reply if the view has marked it and the request has a key."""
        begun: list[Any] = []
        method = environ["REQUEST_METHOD"]
        body = self._inner(environ, lambda *start: begun.append(start))  # type: ignore[arg-type]
        environ["REQUEST_METHOD"] = method
        status, headers, *error = begun[-1]
        if found := environ.get(_FOUND):
            return found.give(environ, start_response)  # type: ignore[no-any-return]
        if (validity := environ.get(_MARK)) is None:
            start_response(status, headers, *error)
            return body
        reply = CachedReply(validity, status, headers, slots.split(b"".join(body).decode()))
        if environ[_KEY] is not None and _is_equal_for_all(status, headers):
            replies(self._app).keep(environ[_KEY], reply)
        return reply.give(environ, start_response)


def replies(app: Flask) -> Replies:
    """Return the kept replies of *app* in this process."""
    found: Replies = app.extensions.setdefault("replies", Replies())
    return found


def _key(environ: WSGIEnvironment, hosts: list[str]) -> Key | None:
    """Return the key of this request as it is spelt; None if the checks before the views may refuse it.

    *hosts* are those that are ours.
    """
    if environ["REQUEST_METHOD"] not in READING or environ.get("SCRIPT_NAME") or has_body(environ):
        return None
    try:
        host = get_host(environ, hosts)
    except SecurityError:
        return None
    if environ.get("HTTP_X_FORWARDED_HOST", "") not in {"", host}:
        return None
    asked = (environ.get(name, "") for name in ("wsgi.url_scheme", "PATH_INFO", "QUERY_STRING"))
    return *asked, present()


def _is_equal_for_all(status: str, headers: list[tuple[str, str]]) -> bool:
    names = {name.lower() for name, _ in headers}
    return status.startswith("200") and names.isdisjoint({"set-cookie", "vary"})


def init_app(app: Flask) -> None:
    """Wrap *app* in the cache."""
    with app.app_context():
        app.wsgi_app = ReplyCache(app, db.engine)  # type: ignore[method-assign]
