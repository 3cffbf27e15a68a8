"""The public page of commune: the picture of a logo."""

from flask import Blueprint, Response, abort, request

from commune.queries import logos
from core.web.extensions import db

blueprint = Blueprint("commune", __name__)
FOR_GOOD = "public, max-age=31536000, immutable"
NOTHING = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""Content-Security-Policy of the picture: opened as a page of its own it loads, runs and sends nothing."""


@blueprint.get("/bieu-trung/<string(length=64):digest>.png")
def logo(digest: str) -> Response:
    """Send a logo by its digest; another picture has another address, so that copies can be cached forever."""
    small = logos.find_small(db.session, digest) or abort(404)
    reply = Response(small, mimetype="image/png")
    reply.headers.update({"Cache-Control": FOR_GOOD, "Content-Security-Policy": NOTHING})
    reply.set_etag(digest)
    return reply.make_conditional(request)  # type: ignore[return-value]
