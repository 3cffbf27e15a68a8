"""The public page of commune: the picture of a logo."""

from flask import Blueprint, Response, abort

from commune.queries import logos
from core.web.extensions import db
from core.web.pictures import picture_reply

blueprint = Blueprint("commune", __name__)


@blueprint.get("/bieu-trung/<string(length=64):digest>.png")
def logo(digest: str) -> Response:
    """Send a logo by its digest; another picture has another address, so that copies can be cached forever."""
    small = logos.find_small(db.session, digest) or abort(404)
    return picture_reply(small, "image/png", digest, is_public=True)
