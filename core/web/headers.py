"""Security and cache headers of every reply."""

from flask import Flask, Response, g, request

from core.web.extensions import settings

_FRAMED = "lang_nghe.framed"


def policy(style_hashes: set[str]) -> str:
    """Return the Content-Security-Policy of a page with these inlined style sheets; everything else is forbidden."""
    styles = " ".join(f"'{integrity}'" for integrity in sorted(style_hashes)) or "'none'"
    return (
        f"default-src 'none'; style-src {styles}; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def framed_policy(style_hashes: set[str]) -> str:
    """Return the policy of a page that any site may frame: no script, no form, nothing from elsewhere."""
    styles = " ".join(f"'{integrity}'" for integrity in sorted(style_hashes)) or "'none'"
    return (
        f"default-src 'none'; style-src {styles}; img-src 'self' data:; form-action 'none'; base-uri 'none'; "
        "frame-ancestors *"
    )


def allow_framing() -> None:
    """Let any site frame the page of this request, which has neither a script nor a form."""
    request.environ[_FRAMED] = True


CONSTANT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


HSTS = "max-age=31536000"
"""A year of https alone for this host; its subdomains are somebody else's."""


def protect(response: Response) -> Response:
    """Add the headers that the view has not set."""
    if request.endpoint == "static" and response.status_code < 400:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    wanted = {"Content-Security-Policy": _policy_of(response), "Cache-Control": remembering(), **CONSTANT}
    if settings().is_secure:
        wanted["Strict-Transport-Security"] = HSTS
    present = {name.lower() for name, _ in response.headers}
    response.headers.extend({name: value for name, value in wanted.items() if name.lower() not in present})
    return response


def _policy_of(response: Response) -> str:
    """Return the policy of a reply; an SVG picture may carry its own styles, since it runs no script."""
    if response.mimetype == "image/svg+xml":
        return "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    hashes = g.get("style_hashes", set())
    return framed_policy(hashes) if _FRAMED in request.environ else policy(hashes)


def remembering() -> str:
    """Return the Cache-Control: no store for submitted forms and staff pages, only the browser's "back" for public
    pages.

    Going back must find the page as it was left, with its key: without scripts this makes a second tap on *Gửi* the
    same answer rather than another one.
    """
    is_public = request.method in {"GET", "HEAD"} and "is_guarded" not in g
    return "private, no-cache" if is_public else "no-store"


def init_app(app: Flask) -> None:
    """Add the headers to every reply of *app*."""
    app.after_request(protect)
