"""Error pages in plain Vietnamese: what happened, what to do now, another way."""

import logging

from flask import Flask, render_template
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from core.crypto import NoKey
from core.gate import AGAIN, Busy
from core.idempotency import StillRunning
from core.instance_check import database_fault, not_set_up
from core.web.error_links import find_back_link
from core.web.extensions import settings
from core.web.guard import ForeignForm

OUT_OF_ORDER = {400, 500, 503}
"""Codes for which the database is not queried: a broken address, a fault, a database that does not answer."""
KNOWN = {400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503}
log = logging.getLogger(__name__)

Page = tuple[str, int, dict[str, str]]


def page(code: int, *, name: str = "", retry_after: int | None = None, **words: str) -> Page:
    """Render the page for *code*, or that with a *name*; *words* (`title`, `message`) replace its own."""
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    way = None if code in OUT_OF_ORDER else find_back_link()
    return render_template(f"errors/{name or code}.html", retry_after=retry_after, way=way, **words), code, headers


def _http(error: HTTPException) -> Page | HTTPException:
    if error.code is None or error.code < 400:
        return error
    text, code, headers = page(error.code if error.code in KNOWN else 400)
    if error.code == 405:
        headers["Allow"] = dict(error.get_headers()).get("Allow", "")
    return text, code if error.code in KNOWN else error.code, headers


def _foreign_host(_error: SecurityError) -> Page:
    """Answer an unknown host in plain text, without building a page or a link."""
    words = "Địa chỉ này không phải của hệ thống. Xin mở lại địa chỉ in trên tờ treo.\n"
    return words, 400, {"Content-Type": "text/plain; charset=utf-8"}


def _foreign_form(_error: ForeignForm) -> Page:
    return page(403, name="foreign_form")


def _database(error: OperationalError) -> Page:
    log.error("%s", database_fault(error, settings().instance_path))
    return page(503, retry_after=5)


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
    app.register_error_handler(NoKey, _no_key)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(StillRunning, _running)
