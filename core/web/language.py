"""The language of a page, which its address alone decides: `?lang=en`, none for Vietnamese.

The parameter is taken off the query before anything else reads it: no view has to know it, and of a made-up language
nothing is left by which a cache could keep a page of its own. Every address that `url_for` builds carries the present
language on. There is neither a cookie nor a look at what the browser prefers, so that an address is one page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, g, request
from markupsafe import Markup

from core.translation import gettext
from core.values.content import Content
from core.values.language import DEFAULT, LANGUAGES, conventions, known, present, use
from core.values.text import N_, fold, search_key
from core.web.extensions import settings
from core.web.reply_cache import canonical_path, kept_address

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NAME = "lang"
READING = {"GET", "HEAD"}
READ_ON = "doc-tiep"
"""The name of the button by which a form comes back in another language, as it was typed."""
_READ_ON = N_("Tiếp tục bằng tiếng Việt")
"""Said in the language that it leads to."""


@dataclass(frozen=True)
class OtherLanguage:
    """The present page in another language: its code, its own name, its address, and for a form that came back the
    words of the button that leads there, in that language.
    """

    code: str
    name: str
    address: str
    words: str = ""


class LanguageOfAddress:
    """A WSGI middleware that takes the language off the query and speaks it for the length of the request."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = take_off(environ)
        with use(asked):
            return self._inner(
                environ, start_response if asked == DEFAULT else _keeping(asked, environ, start_response)
            )


def _keeping(code: str, environ: WSGIEnvironment, start_response: StartResponse) -> StartResponse:
    """Return a *start_response* that keeps the language in a redirect to a page of ours, the router's own included."""

    def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        if status.startswith("3"):
            headers = [
                (name, _kept(value, code, environ) if name.lower() == "location" else value) for name, value in headers
            ]
        return start_response(status, headers, *error)

    return start


def _kept(location: str, code: str, environ: WSGIEnvironment) -> str:
    """Return the *location* of a redirect in the language *code*; one to another host stays as it is."""
    parts = urlsplit(location)
    is_ours = parts.netloc in {"", environ.get("HTTP_HOST")}
    is_said = any(piece.partition("=")[0] == NAME for piece in parts.query.split("&"))
    return location if is_said or not is_ours else in_language(location, code)


def take_off(environ: WSGIEnvironment) -> str:
    """Remove the language from the query of a request and return it; the last one counts.

    The pieces of the query keep their order and their spelling.
    """
    query = environ.get("QUERY_STRING", "")
    if NAME not in query:
        return DEFAULT
    pieces = query.split("&")
    others = [piece for piece in pieces if piece.partition("=")[0] != NAME]
    if len(others) == len(pieces):
        return DEFAULT
    environ["QUERY_STRING"] = "&".join(others)
    asked = [piece.partition("=")[2] for piece in pieces if piece.partition("=")[0] == NAME]
    return known(asked[-1])


def in_language(address: str, code: str) -> str:
    """Return a path of ours in the language *code*.

    >>> in_language("/thi/", "en"), in_language("/thi/?a=1#b", "en"), in_language("/thi/", "vi")
    ('/thi/?lang=en', '/thi/?a=1&lang=en#b', '/thi/')
    """
    if code == DEFAULT:
        return address
    whole, mark, fragment = address.partition("#")
    return f"{whole}{'&' if '?' in whole else '?'}{NAME}={code}{mark}{fragment}"


def kept_in(address: str) -> str:
    """Return a path of ours that was not built by `url_for` in the present language."""
    return in_language(address, present())


def here() -> str:
    """Return the address of this request, with its query and its language."""
    return kept_in(request.full_path if request.query_string else request.path)


def other_languages() -> list[OtherLanguage]:
    """Return the present page in every other language, that of an address without a page as well; none for a reply to
    a sent form, which has no address (decision 0082).
    """
    if request.method not in READING:
        return []
    address = _page_address()
    others = [code for code in LANGUAGES if code != present()]
    return [OtherLanguage(code, LANGUAGES[code].name, in_language(address, code)) for code in others]


def languages_of_sent(address: str = "") -> list[OtherLanguage]:
    """Return where a sent form can be read on in every other language: at *address*, else where it was sent to."""
    codes = [code for code in LANGUAGES if code != present()] if address or request.method not in READING else []
    to = address or _page_address()
    return [OtherLanguage(code, LANGUAGES[code].name, in_language(to, code), _said_in(code)) for code in codes]


def _said_in(code: str) -> str:
    with use(code):
        return gettext(_READ_ON)


def is_read_on() -> bool:
    """Whether the present request sends a form only to read it in another language."""
    return READ_ON in request.form


def alternates() -> list[OtherLanguage]:
    """Return the present page in every language with its full address, for `hreflang`."""
    own = OtherLanguage(present(), LANGUAGES[present()].name, in_language(_page_address(), present()))
    others = other_languages()
    root = settings().public_url
    pages = [own, *others] if others and request.url_rule is not None else []
    return [OtherLanguage(each.code, each.name, root + each.address) for each in pages]


def _page_address() -> str:
    """Return the address of the present page in Vietnamese.

    A kept reply has that which it declared; a page that is rendered once for everybody that of its route, without the
    query of the first visitor.
    """
    if request.url_rule is None:
        return request.path
    shared = kept_address() or (canonical_path() if "is_for_all" in g else None)
    if shared is not None:
        return shared
    return request.full_path if request.query_string else request.path


def language_field() -> Markup:
    """Return the hidden field that keeps the language in a form sent by GET, whose fields replace the query."""
    code = present()
    return Markup('<input type="hidden" name="{}" value="{}">').format(NAME, code) if code != DEFAULT else Markup()


def sent(address: str) -> str:
    """Return where the form of a kept page is sent: *address*, or this page, marked as sent, in the present language.

    >>> sent("/Q/A"), sent("")
    ('/Q/A?gui', '?gui')
    """
    return in_language(f"{address.partition('?')[0]}?gui", present())


def content(text: str) -> str:
    """Return a name or question for a page: its text in the language of the page, else Vietnamese marked as such.

    Markup stays as it is: it is a sentence of ours, or marked already.
    """
    return Markup("<span{}>{}</span>").format(content_lang(text), text) if content_lang(text) else text


def named(text: str) -> str:
    """Return a name that may be a sentence of ours as well, such as that of a row of a chart: marked as Vietnamese on a
    page of another language where a letter of it is.
    """
    return content(text) if is_vietnamese(text) else text


def is_vietnamese(text: str) -> bool:
    """Return whether *text* is a plain string with Vietnamese letters on a page of another language."""
    return bool(content_lang(text)) and search_key(text) != fold(text)


def named_lang(text: str) -> str:
    """Return the attribute that marks an element with such a name, "" where none is needed."""
    return content_lang(text) if is_vietnamese(text) else ""


def lang_attributes(text: str) -> dict[str, str]:
    """Return the attributes of an element with *text*, a name or a sentence of ours."""
    return {"lang": DEFAULT} if is_vietnamese(text) else {}


def content_lang(text: str) -> str:
    """Return the attribute that marks an element with a name or question as Vietnamese; "" where the page's language is
    that of the text.
    """
    is_ours = present() == DEFAULT or isinstance(text, Markup | Content) or not text
    return "" if is_ours else Markup(' lang="{}"').format(DEFAULT)


def _carry(endpoint: str, values: dict[str, object]) -> None:
    """Add the present language to an address that `url_for` builds; a file is the same in all of them."""
    code = present()
    if code != DEFAULT and not endpoint.endswith("static"):
        values.setdefault(NAME, code)


def init_app(app: Flask) -> None:
    """Speak the language of each request's address, outside everything else that *app* does."""
    app.wsgi_app = LanguageOfAddress(app.wsgi_app)  # type: ignore[method-assign]
    app.url_defaults(_carry)
    app.jinja_env.filters.update(content=content, content_lang=content_lang, named=named, named_lang=named_lang)
    app.jinja_env.globals.update(
        other_languages=other_languages,
        languages_of_sent=languages_of_sent,
        alternates=alternates,
        language_field=language_field,
        language=present,
        conventions=conventions,
        sent=sent,
    )
