"""Whether this process can do its work: asked by the server in front and by whoever watches."""

import logging

from flask import Blueprint
from sqlalchemy import text

from core.serving import running_fault
from core.web.extensions import db

log = logging.getLogger(__name__)
blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> tuple[str, int, dict[str, str]]:
    """200 "ok" when the database answers, with the tables and under the key that are this program's; 503 otherwise."""
    db.session.execute(text("SELECT 1"))
    fault = running_fault()
    if fault is not None:
        log.error("%s", fault)
    return "not ready\n" if fault else "ok\n", 503 if fault else 200, {"Content-Type": "text/plain; charset=utf-8"}
