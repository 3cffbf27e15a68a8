"""The blueprint on which the pages of accounts hang: none of them stays in a browser."""

from flask import Blueprint, Response

blueprint = Blueprint("account", __name__, url_prefix="/quan-tri")


@blueprint.after_request
def keep_nothing(response: Response) -> Response:
    """No copy of what was typed stays in a browser."""
    response.headers["Cache-Control"] = "no-store"
    return response
