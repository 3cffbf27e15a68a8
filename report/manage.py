"""The staff's home: what needs me today, at most three things."""

from flask import Blueprint, render_template

from account.queries.approval import count_waiting
from account.views.present import present_account
from core import clock
from core.values.week import local_date
from core.web.access import requires, scope_of
from core.web.extensions import db
from report import queries

MOST = 3
"""Things that a day begins with: a longer list is read by nobody."""

blueprint = Blueprint("report_manage", __name__, url_prefix="/quan-tri")


@blueprint.get("/")
@requires("console.see")
def home() -> str:
    """At most three things, the most urgent first, or that there are none; whoever waits for me comes before all."""
    now = clock.now()
    waiting = count_waiting(db.session, scope_of("approval.decide"), local_date(now), other_than=present_account())
    found = queries.tasks(db.session, scope_of("contest.manage"), now, limit=MOST - bool(waiting))
    step, office = queries.first_steps(db.session, scope_of("office.manage"))
    steps = {"steps": list(queries.Step), "step": step, "office": office}
    return render_template("report/manage/home.html", tasks=found, waiting=waiting, **steps)
