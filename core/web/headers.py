"""Security and cache headers of every reply."""

from flask import Flask, Response, g, request


def policy(style_hashes: set[str]) -> str:
    """Return the Content-Security-Policy of a page with these inlined style sheets; everything else is forbidden."""
    styles = " ".join(f"'{integrity}'" for integrity in sorted(style_hashes)) or "'none'"
    return (
        f"default-src 'none'; style-src {styles}; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def protect(response: Response) -> Response:
    """Add the headers; an SVG picture may carry its own styles, since it runs no script."""
    if response.mimetype == "image/svg+xml":
        csp = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    else:
        csp = policy(g.get("style_hashes", set()))
    response.headers.setdefault("Content-Security-Policy", csp)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint == "static" and response.status_code < 400:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers.setdefault("Cache-Control", remembering())
    return response


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
