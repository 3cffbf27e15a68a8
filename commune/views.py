"""The public page of commune: the picture of a logo; the logo in the head and the hotline in the foot of a page."""

from typing import Any

from flask import Blueprint, Response, abort

from commune.queries import logos
from commune.queries.offices import find_hotline
from core.web.extensions import db
from core.web.pictures import picture_reply

blueprint = Blueprint("commune", __name__)


@blueprint.app_template_global()
def logo_of(holder: Any) -> str | None:
    """Return the digest of the logo of a contest, read with it or by its unit; None without one."""
    if holder is None or hasattr(holder, "logo"):
        return getattr(holder, "logo", None)
    return logos.digest_of(db.session, holder.unit_id)


@blueprint.app_template_global()
def hotline_of(holder: Any) -> str:
    """Return the phone number for help of a contest, else the one that every page may show; empty without such."""
    return getattr(holder, "hotline", "") or find_hotline(db.session)


@blueprint.get("/bieu-trung/<string(length=64):digest>.png")
def logo(digest: str) -> Response:
    """Send a logo by its digest; another picture has another address, so that copies can be cached forever."""
    small = logos.find_small(db.session, digest) or abort(404)
    return picture_reply(small, "image/png", digest, is_public=True)
