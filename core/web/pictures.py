"""Send a stored picture, whose address holds its digest."""

from flask import Response, request

FOR_GOOD = "max-age=31536000, immutable"
NOTHING = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Content-Security-Policy of a picture: opened as a page of its own it loads, runs and sends nothing."""


def picture_reply(data: bytes, media_type: str, digest: str, *, is_public: bool) -> Response:
    """Return a picture as a reply that is kept for good, since another picture has another address.

    One that not everybody may see is kept by browsers alone.
    """
    reply = Response(data, mimetype=media_type)
    cached = f"{'public' if is_public else 'private'}, {FOR_GOOD}"
    reply.headers.update({"Cache-Control": cached, "Content-Security-Policy": NOTHING})
    reply.set_etag(digest)
    return reply.make_conditional(request)  # type: ignore[return-value]
