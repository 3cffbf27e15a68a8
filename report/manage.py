"""The staff's home: what needs me today, at most three things."""

from flask import Blueprint, render_template

from core import clock
from core.web.access import requires, scope_of
from core.web.extensions import db
from report import queries

blueprint = Blueprint("report_manage", __name__, url_prefix="/quan-tri")


@blueprint.get("/")
@requires("console.see")
def home() -> str:
    """At most three tasks, the most urgent first, or that there are none."""
    found = queries.tasks(db.session, scope_of("contest.manage"), clock.now())
    step, office = queries.first_steps(db.session, scope_of("office.manage"))
    return render_template("report/manage/home.html", tasks=found, steps=list(queries.Step), step=step, office=office)
