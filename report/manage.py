"""The staff's home: what needs me today, at most three things; and what is kept of people, for how long."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import Blueprint, Response, render_template

from account.queries.approval import count_waiting
from account.views.present import present_account
from core import clock
from core.retention import list_kept
from core.values.week import local_date
from core.web.access import requires, scope_of
from core.web.extensions import db, settings
from core.word import word_file
from quiz.queries.person_request import count_due_requests
from report import documents, queries

MOST = 3
"""Things that a day begins with: a longer list is read by nobody."""

blueprint = Blueprint("report_manage", __name__, url_prefix="/quan-tri")
retention = Blueprint("report_retention", __name__, url_prefix="/quan-tri/luu-giu")
AHEAD = timedelta(days=1)
"""A request is told of on its last legal day and the day before."""


@blueprint.get("/")
@requires("console.see")
def home() -> str:
    """At most three things, the most urgent first, or that there are none; whoever waits for me comes before all."""
    now = clock.now()
    waiting = count_waiting(db.session, scope_of("approval.decide"), local_date(now), other_than=present_account())
    due = count_due_requests(db.session, scope_of("person.serve"), local_date(now) + AHEAD)
    found = queries.tasks(db.session, scope_of("contest.manage"), now, limit=MOST - bool(waiting) - bool(due))
    step, office = queries.first_steps(db.session, scope_of("office.manage"), local_date(now))
    steps = {"steps": list(queries.Step), "step": step, "office": office}
    return render_template("report/manage/home.html", tasks=found, waiting=waiting, due_requests=due, **steps)


@retention.get("/")
@requires("account.manage")
def kept() -> str:
    """Every kind of data, how long it is kept and why, when it was last purged and when next."""
    return render_template("report/manage/retention.html", kept=list_kept(db.session, today=_today()))


@retention.get("/<any('ho-so-xu-ly','su-co'):name>.docx")
@requires("account.manage")
def document(name: str) -> Response:
    """The processing record, or the checklist for a breach, filled in from what is really done here."""
    makers: dict[str, Callable[[], bytes]] = {"ho-so-xu-ly": _record, "su-co": _breach}
    return word_file(makers[name](), f"{name} {_today():%Y%m%d}")


def _record() -> bytes:
    holders = queries.list_holders(db.session)
    kept = list_kept(db.session, today=_today())
    return documents.processing_record(settings().brand, holders, kept, today=_today())


def _breach() -> bytes:
    return documents.breach_checklist(settings().brand, queries.list_holders(db.session), today=_today())


def _today() -> date:
    return local_date(clock.now())
