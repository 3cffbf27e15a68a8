"""The staff's home: the tasks of the day, then how things stand."""

from datetime import date, datetime, timedelta

from flask import Blueprint, render_template

from account.views.current import latest_first, present_account
from commune.queries.offices import offices_of
from core import clock
from core.commands.doctor.backups import OLD, check_backups
from core.commands.doctor.finding import Severity
from core.retention import last_purge
from core.values.week import local_date, monday_of
from core.web.access import may, requires, scope_of
from core.web.extensions import db, settings
from privacy.queries.requests import due_requests
from report import queries
from report.manage import todo
from report.manage.approver import approver_state
from report.manage.state import state_of
from report.manage.todo import Todo
from survey.counter.models import Counter
from survey.counter.queries.printed import list_old_posters
from survey.rating.queries.rating import count_rehearsed
from survey.rating.rules.release import release_day

MOST = 3
"""The most tasks shown at once, since a longer list is not read; the others unfold."""

blueprint = Blueprint("report_manage", __name__, url_prefix="/quan-tri")
AHEAD = timedelta(days=3)
"""How long before its last legal day a request is shown; a weekend may lie between."""


@blueprint.get("/")
@requires("console.see")
def home() -> str:
    """Show the tasks, three at once, the first steps of a new installation, and how things stand."""
    now, today = clock.now(), _today()
    steps = _first_steps(now)
    state = state_of(release_day(now), now, has_begun=steps["step"] is None)
    todos = _todos(now, today)
    if state and state.silent:
        todos.append(todo.silence(state.silent, state.counters.first_silent if state.counters else None))
    return render_template(
        "report/manage/home.html",
        todos=todos,
        most=MOST,
        failing=_failing(now),
        today=today,
        state=state,
        answers=approver_state(now),
        **steps,
    )


def _first_steps(now: datetime) -> dict[str, object]:
    """Return the first steps that are shown: an instance for contests alone has none of ratings, and the other way
    round.
    """
    step, office = queries.first_steps(db.session, scope_of("office.manage"), release_day(now))
    contest_step, contest = queries.contest_steps(db.session, scope_of("contest.manage"))
    if contest is not None and step is queries.SetupStep.OFFICE:
        step = None
    elif contest is None and scope_of("office.manage") and step is not queries.SetupStep.OFFICE:
        contest_step = None
    return {
        "steps": list(queries.SetupStep),
        "step": step,
        "office": office,
        "rehearsed": count_rehearsed(db.session, office) if office and step is queries.SetupStep.RATING else 0,
        "contest_steps": list(queries.ContestStep) if contest_step else (),
        "contest_step": contest_step,
        "contest": contest,
    }


def _todos(now: datetime, today: date) -> list[Todo]:
    """Return what waits: approvals, then legal deadlines, contests, ratings set apart, my own requests."""
    me = present_account()
    due, nearest = due_requests(db.session, scope_of("person.serve"), today + AHEAD)
    rounds = queries.tasks(db.session, scope_of("contest.manage"), now)
    apart = queries.set_apart(db.session, scope_of("rating.inspect"), release_day(now))
    asked = queries.own_waiting(db.session, me, today)
    refused = queries.own_refused(db.session, me, now)
    return [
        *todo.renewals(queries.ready_renewals(db.session, me, now)),
        *todo.approvals(latest_first(queries.to_answer(db.session, me, scope_of("approval.decide"), today))),
        *todo.person_requests(due, nearest, today),
        *(todo.contest_task(each, today) for each in rounds),
        *(todo.unit_moves(*each) for each in queries.unit_moves(db.session, scope_of("contest.manage"))),
        *(todo.set_apart(office.name, office.slug, batches) for office, batches in apart),
        *todo.old_posters(_old_posters(today)),
        *(todo.own_request(approval, round) for approval, round in asked),
        *(todo.refusal(approval) for approval in refused),
    ]


def _old_posters(today: date) -> list[tuple[Counter, int]]:
    """Return the counters with old posters that were scanned in this week or in the one before."""
    units = scope_of("office.manage")
    since = monday_of(today) - timedelta(weeks=1)
    return list_old_posters(db.session, offices_of(units), since) if units else []


def _failing(now: datetime) -> tuple[str, ...]:
    """Return the nightly duties that failed, for administrators, who may never open a terminal."""
    if not may("account.manage"):
        return ()
    last = last_purge(db.session)
    is_idle = last is not None and now - last > OLD
    is_unsaved = check_backups(settings(), now).level is Severity.BAD
    return ("duties",) * is_idle + ("backups",) * is_unsaved


def _today() -> date:
    return local_date(clock.now())
