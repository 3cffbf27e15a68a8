"""Styles and scripts: style sheets are inlined (one request on a weak network) and allowed by their hash."""

import base64
import hashlib
import re
import zlib
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, abort, g, request, url_for
from markupsafe import Markup

from core.web import compression

STATIC = Path(__file__).resolve().parents[2] / "static"
RATING = ("queue", "offline", "waiting", "citizen")
HOME = ("queue", "offline", "waiting", "suggest", "citizen")
ERROR = ("back", "citizen")
PAPER = ("keep", "timer", "offline", "citizen")
WORKER = ("queue", "sw")
JOINED = frozenset({RATING, HOME, ERROR, PAPER})
"""Scripts that pages load as one file. They are declared, so that no request adds to the cache."""
UNSENT = re.compile(r"^(?:\s*//.*\n|[ ]+)|[ ]+// .*$", re.MULTILINE)
"""Comments and indentation, which a joined file is sent without: a quarter of its weight. No string holds ` // `."""
_SHEETS: dict[tuple[str, ...], tuple[str, str]] = {}
_SCRIPTS: dict[tuple[str, ...], tuple[str, str]] = {}


def styles(*names: str) -> Markup:
    """Return the sheets *names* of static/css as one <style>, and allow its hash in the reply's
    Content-Security-Policy.
    """
    if names not in _SHEETS:
        text = "\n".join((STATIC / "css" / f"{name}.css").read_text() for name in names)
        _SHEETS[names] = (text, _integrity(text.encode()))
    text, integrity = _SHEETS[names]
    g.setdefault("style_hashes", set()).add(integrity)
    return Markup(f"<style>{text}</style>")  # noqa: S704 - our own files


def script(*names: str) -> Markup:
    """Return a <script> for static/js/*name*.js, pinned by its hash. Pages must work without it.

    Several names are one file, which a slow network fetches at once; they are declared in `JOINED`.
    """
    if len(names) > 1 and names not in JOINED:
        raise ValueError(f"scripts that are not declared as one file: {names}")
    integrity = _scripts(names)[1]
    path = f"js/{names[0]}.js"
    if len(names) == 1:
        source = url_for("static", filename=path, v=integrity[7:15])
    else:
        source = url_for("scripts", names="+".join(names), v=integrity[7:15], lang=None)  # one file in all languages
    return Markup('<script src="{}" integrity="{}" defer></script>').format(source, integrity)


def joined_scripts(names: str) -> Response:
    """Send several scripts as one file, in the order that a page named; 404 for others than the declared ones."""
    asked = tuple(names.split("+"))
    if asked not in JOINED:
        abort(404)
    return _packed(asked, "public, max-age=31536000, immutable")


def worker() -> Response:
    """Send the service worker, from the root: it may keep only pages below its own address. Browsers ask for a newer
    one at every visit.
    """
    return _packed(WORKER, "no-cache")


def _packed(names: tuple[str, ...], caching: str) -> Response:
    """Return the scripts *names* as one file, compressed once and as far as it goes."""
    reply = Response(_scripts(names)[0], mimetype="text/javascript")
    reply.headers["Cache-Control"] = caching
    if compression.takes_gzip(request.environ):
        reply.set_data(_gzip(reply.get_data()))
        compression.mark(reply.headers)
    reply.vary.add("Accept-Encoding")
    compression.leave_as_is(request.environ)
    return reply


@lru_cache(maxsize=8)
def _gzip(text: bytes) -> bytes:
    return zlib.compress(text, 9, zlib.MAX_WBITS | 16)


def _scripts(names: tuple[str, ...]) -> tuple[str, str]:
    """Return the text of the scripts *names* and its hash."""
    if names not in _SCRIPTS:
        text = "\n".join((STATIC / "js" / f"{name}.js").read_text() for name in names)
        if len(names) > 1:
            text = UNSENT.sub("", text)
        _SCRIPTS[names] = (text, _integrity(text.encode()))
    return _SCRIPTS[names]


@lru_cache(maxsize=1)
def favicon() -> str:
    """Return the icon of every page as an address that holds the picture itself: a request less on a weak network."""
    return f"data:image/svg+xml,{quote((STATIC / 'img' / 'favicon.svg').read_text().strip(), safe='=:/')}"


def _integrity(content: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def init_app(app: Flask) -> None:
    """Register the functions for templates, and the addresses of the joined scripts and of the service worker."""
    app.jinja_env.globals.update(styles=styles, script=script, favicon=favicon)
    app.add_url_rule("/static/scripts/<names>.js", "scripts", joined_scripts)
    app.add_url_rule("/sw.js", "worker", worker)
