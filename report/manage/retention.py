"""The page of data retention, and the documents about personal data."""

from collections.abc import Callable
from datetime import date, datetime

from flask import Blueprint, Response, render_template

from core import clock
from core.retention import list_kept
from core.values.week import local_date
from core.web.access import requires
from core.web.downloads import word_file
from core.web.extensions import db, settings
from report import documents, queries

blueprint = Blueprint("report_retention", __name__, url_prefix="/quan-tri/luu-giu")


@blueprint.get("/")
@requires("account.manage")
def kept() -> str:
    """List every kind of data: how long it is kept and why, its last purge and the next one."""
    kept = list_kept(db.session, today=today())
    latest = max((each.last.at for each in kept if each.last), default=None)
    removed = sum(each.last.removed for each in kept if each.last and latest and is_same_day(each.last.at, latest))
    return render_template("report/manage/retention.html", kept=kept, latest=latest, latest_removed=removed)


@blueprint.get("/<any('ho-so-xu-ly','su-co'):name>.docx")
@requires("account.manage")
def document(name: str) -> Response:
    """Send the processing record, or the checklist for a breach, filled in from this installation."""
    makers: dict[str, Callable[[], bytes]] = {"ho-so-xu-ly": _record, "su-co": _breach}
    return word_file(makers[name](), f"{name} {today():%Y%m%d}")


def _record() -> bytes:
    holders = queries.list_holders(db.session)
    kept = list_kept(db.session, today=today())
    return documents.processing_record(settings().brand, holders, kept, today=today())


def _breach() -> bytes:
    return documents.breach_checklist(settings().brand, queries.list_holders(db.session), today=today())


def is_same_day(one: datetime, other: datetime) -> bool:
    """Whether both moments are of the same local day."""
    return local_date(one) == local_date(other)


def today() -> date:
    """Return the local day."""
    return local_date(clock.now())
