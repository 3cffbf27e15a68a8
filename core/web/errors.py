"""Error pages in plain Vietnamese: what happened, what to do now, another way."""

import logging
from functools import lru_cache

from flask import Flask, render_template, request
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError

from core import clock
from core.crypto import NoKey
from core.gate import AGAIN, Busy
from core.idempotency import StillRunning
from core.instance_check import damage_remedy, database_fault, is_damage, is_file_damaged, not_set_up
from core.translation import gettext
from core.web.access import may
from core.web.error_links import find_back_link
from core.web.extensions import db, settings
from core.web.guard import ForeignForm
from core.web.unsaved import find_unsaved

OUT_OF_ORDER = {400, 500, 503}
"""Codes for which the database is not queried: a broken address, a fault, a database that does not answer."""
KNOWN = {400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503}
log = logging.getLogger(__name__)

Page = tuple[str, int, dict[str, str]]


def page(code: int, *, name: str = "", retry_after: int | None = None, **words: str) -> Page:
    """Render the page for *code*, or that with a *name*; *words* (`title`, `message`) replace its own."""
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    way = None if code in OUT_OF_ORDER else find_back_link()
    unsaved = find_unsaved() if code == 503 else None
    seen = {"retry_after": retry_after, "way": way, "unsaved": unsaved, "is_staff": _is_staff(code)}
    text = render_template(f"errors/{name or code}.html", **seen, **words)
    return text, code, headers


def _is_staff(code: int) -> bool:
    """Whether the page is for signed-in staff on their own pages, who keep their navigation.

    Not where the database must stay alone, or does not answer.
    """
    if code in OUT_OF_ORDER or not request.path.startswith("/quan-tri"):
        return False
    try:
        return may("console.see")
    except SQLAlchemyError:
        db.session.rollback()
        return False


def _http(error: HTTPException) -> Page | HTTPException:
    if error.code is None or error.code < 400:
        return error
    if error.code == 500 and _is_damage_found(db.engine, int(clock.now().timestamp()) // 60):
        log.error("%s", damage_remedy(settings().instance_path))
        return page(503)
    text, code, headers = page(error.code if error.code in KNOWN else 400)
    if error.code == 405:
        headers["Allow"] = dict(error.get_headers()).get("Allow", "")
    return text, code if error.code in KNOWN else error.code, headers


@lru_cache(maxsize=1)
def _is_damage_found(engine: Engine, _minute: int) -> bool:
    """Whether a look through the database finds damage, which may fail a view in any way; once a minute at most."""
    return is_file_damaged(engine)


def _foreign_host(_error: SecurityError) -> Page:
    """Answer an unknown host in plain text, without building a page or a link."""
    words = gettext("Địa chỉ này không phải của hệ thống. Xin mở lại địa chỉ in trên tờ treo.\n")
    return words, 400, {"Content-Type": "text/plain; charset=utf-8"}


def _foreign_form(_error: ForeignForm) -> Page:
    return page(403, name="foreign_form")


def _database(error: OperationalError) -> Page:
    log.error("%s", database_fault(error, settings().instance_path))
    return page(503, retry_after=5)


def _damaged(error: DatabaseError) -> Page:
    """Answer 503 where the database is damaged; any other error of a statement is a fault of the program."""
    if not is_damage(error):
        raise error
    log.error("%s", database_fault(error, settings().instance_path))
    return page(503)


def _no_key(_error: NoKey) -> Page:
    log.error("%s", not_set_up(settings().instance_path))
    return page(503)


def _running(_error: StillRunning) -> Page:
    return page(409, retry_after=1)


def _busy(_error: Busy) -> Page:
    return page(503, retry_after=AGAIN)


def init_app(app: Flask) -> None:
    """Register the error pages."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(ForeignForm, _foreign_form)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(DatabaseError, _damaged)
    app.register_error_handler(NoKey, _no_key)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(StillRunning, _running)
