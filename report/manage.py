"""The staff's home with at most three tasks, and the page of data retention."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask import Blueprint, Response, render_template

from account.queries.approval import count_waiting
from account.views.current import present_account
from core import clock
from core.commands.doctor.backups import OLD, check_backups
from core.commands.doctor.finding import Severity
from core.retention import last_purge, list_kept
from core.values.week import local_date
from core.web.access import may, requires, scope_of
from core.web.downloads import word_file
from core.web.extensions import db, settings
from core.web.rooms import declared
from privacy.labels import KIND_BY_VALUE as KIND
from privacy.queries.requests import due_requests
from quiz.contest.rules.actions import QuizAction
from report import documents, queries

MOST = 3
"""The most tasks shown, since a longer list is not read."""

blueprint = Blueprint("report_manage", __name__, url_prefix="/quan-tri")
retention = Blueprint("report_retention", __name__, url_prefix="/quan-tri/luu-giu")
AHEAD = timedelta(days=3)
"""How long before its last legal day a request is shown; a weekend may lie between."""


@blueprint.get("/")
@requires("console.see")
def home() -> str:
    """Show at most three tasks: approvals, then legal deadlines, contests, ratings set apart, my own requests."""
    now, today, me = clock.now(), _today(), present_account()
    waiting = _waiting()
    due, nearest = due_requests(db.session, scope_of("person.serve"), today + AHEAD)
    left = MOST - bool(waiting) - bool(due)
    tasks = queries.tasks(db.session, scope_of("contest.manage"), now, limit=left)
    apart = queries.set_apart(db.session, scope_of("rating.inspect"), today, limit=left - len(tasks))
    asked = queries.own_waiting(db.session, me, today, limit=left - len(tasks) - len(apart))
    refused = queries.own_refused(db.session, me, now, limit=MOST)
    step, office = queries.first_steps(db.session, scope_of("office.manage"), today)
    words = {"today": today, "action_label": declared().audit_actions, "kind_label": KIND, "failing": _failing(now)}
    mine = {"waiting": waiting, "due": due, "nearest": nearest, "tasks": tasks, "asked": asked, "refused": refused}
    codes, ready = _waiting(QuizAction.CODE_RENEW), queries.ready_renewals(db.session, me, now)
    more = {"apart": apart, "codes": codes, "ready": ready}
    return render_template(
        "report/manage/home.html", **mine, **more, **words, steps=list(queries.SetupStep), step=step, office=office
    )


def _waiting(action: str | None = None) -> int:
    """Return how many requests, for *action* if it is given, wait for the signed-in account's answer."""
    units = scope_of("approval.decide")
    return count_waiting(db.session, units, _today(), other_than=present_account(), action=action)


def _failing(now: datetime) -> tuple[str, ...]:
    """Return the nightly duties that failed, for administrators, who may never open a terminal."""
    if not may("account.manage"):
        return ()
    last = last_purge(db.session)
    is_idle = last is not None and now - last > OLD
    is_unsaved = check_backups(settings(), now).level is Severity.BAD
    return ("duties",) * is_idle + ("backups",) * is_unsaved


@retention.get("/")
@requires("account.manage")
def kept() -> str:
    """List every kind of data: how long it is kept and why, its last purge and the next one."""
    return render_template("report/manage/retention.html", kept=list_kept(db.session, today=_today()))


@retention.get("/<any('ho-so-xu-ly','su-co'):name>.docx")
@requires("account.manage")
def document(name: str) -> Response:
    """Send the processing record, or the checklist for a breach, filled in from this installation."""
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
