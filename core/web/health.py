"""The health check, for the reverse proxy and for monitoring."""

import logging

from flask import Blueprint
from sqlalchemy import text

from core.instance import mark_of
from core.instance_check import instance_fault
from core.web.extensions import db, find_keyring, keyring, settings

MARK = "X-Lang-Nghe-Instance"
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
log = logging.getLogger(__name__)
blueprint = Blueprint("health", __name__)


def running_fault() -> str | None:
    """Return why the running application must not serve its instance, with the remedy; None when it may."""
    return instance_fault(db.engine, settings(), find_keyring())


@blueprint.get("/healthz")
def healthz() -> tuple[str, int, dict[str, str]]:
    """Answer 200 "ok" when the database answers and its schema and key match this program, else 503.

    A header names the instance, for `flask doctor`.
    """
    db.session.execute(text("SELECT 1"))
    fault = running_fault()
    if fault is not None:
        log.error("%s", fault)
        return "not ready\n", 503, PLAIN
    return "ok\n", 200, PLAIN | {MARK: mark_of(db.session, keyring())}
