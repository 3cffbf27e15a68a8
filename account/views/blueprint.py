"""The blueprint of the pages of accounts, none of which a browser may store."""

from flask import Blueprint, Response

blueprint = Blueprint("account", __name__, url_prefix="/quan-tri")


@blueprint.after_request
def keep_nothing(response: Response) -> Response:
    """Forbid browsers to store a copy."""
    response.headers["Cache-Control"] = "no-store"
    return response
