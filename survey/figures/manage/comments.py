"""The tab of an office with the comments of its released ratings."""

from flask import render_template

from core.web.access import requires
from core.web.extensions import db
from core.web.paging import paging
from survey.counter.manage.office import blueprint, office_or_404
from survey.counter.queries.counters import list_counters
from survey.figures.manage.frame import today
from survey.rating.labels import CHANNEL
from survey.rating.queries.comment import comment_months, count_comments, list_comments


@blueprint.get("/<slug>/y-kien")
@requires("office.see")
def comments(slug: str) -> str:
    """List the comments of an office, the newest month first, without the level or the reasons beside them."""
    office = office_or_404(slug)
    written = comment_months(db.session, list_counters(db.session, office), today())
    page = paging(count_comments(written))
    return render_template(
        "survey/figures/manage/comments.html",
        office=office,
        comments=list_comments(db.session, written, page.part),
        page=page,
        channel_label=CHANNEL,
    )
