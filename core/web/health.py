"""Whether this process can do its work: asked by the server in front and by whoever watches."""

from flask import Blueprint
from sqlalchemy import text

from core.web.extensions import db

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> tuple[str, int, dict[str, str]]:
    """200 "ok" when the database answers; the error handler says 503 otherwise."""
    db.session.execute(text("SELECT 1"))
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
