"""Styles and scripts: style sheets are inlined (one request on a weak network) and allowed by their hash."""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from flask import Flask, g, url_for
from markupsafe import Markup

STATIC = Path(__file__).resolve().parents[2] / "static"
_SHEETS: dict[tuple[str, ...], tuple[str, str]] = {}
_SCRIPTS: dict[str, str] = {}
MERGED = frozenset({"autofocus", "card", "copy", "once"})
"""Parts of `citizen.js`, which every page loads: a page that still names one needs nothing more."""


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


def script(name: str) -> Markup:
    """Return a <script> for static/js/*name*.js, pinned by its hash. Pages must work without it."""
    if name in MERGED:
        return Markup()
    if name not in _SCRIPTS:
        _SCRIPTS[name] = _integrity((STATIC / "js" / f"{name}.js").read_bytes())
    integrity = _SCRIPTS[name]
    source = url_for("static", filename=f"js/{name}.js", v=integrity[7:15])
    return Markup('<script src="{}" integrity="{}" defer></script>').format(source, integrity)


@lru_cache(maxsize=1)
def favicon() -> str:
    """Return the icon of every page as an address that holds the picture itself: a request less on a weak network."""
    return f"data:image/svg+xml,{quote((STATIC / 'img' / 'favicon.svg').read_text().strip(), safe=' =:/')}"


def _integrity(content: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def init_app(app: Flask) -> None:
    """Register the functions for templates."""
    app.jinja_env.globals.update(styles=styles, script=script, favicon=favicon)
