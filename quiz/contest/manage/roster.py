"""The organiser's pages of a roster: the number of people, and emptying it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.values.numbers import thousands
from core.web.access import requires
from core.web.extensions import db
from core.web.importing import Back, ImportPages
from quiz.contest.files.roster import RosterSheets
from quiz.contest.forms import EmptyRosterForm
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.contest.operations.roster import empty_roster
from quiz.contest.queries import count_roster


@blueprint.get("/<slug>/danh-sach")
@requires("contest.manage")
def roster(slug: str) -> str:
    """Show the number of people on the roster and the time of the last import."""
    contest = contest_or_404(slug)
    count, last = count_roster(db.session, contest)
    return render_template("quiz/contest/manage/roster.html", contest=contest, count=count, last=last)


@blueprint.route("/<slug>/danh-sach/xoa", methods=["GET", "POST"])
@requires("contest.manage")
def roster_empty(slug: str) -> tuple[str, int] | Response:
    """Empty the roster, after a confirmation."""
    contest, form = contest_or_404(slug), EmptyRosterForm()
    if form.validate_on_submit():
        removed = empty_roster(db.session, actor(), contest, now=clock.now())
        db.session.commit()
        flash(_("Đã xóa danh sách %(n)s người.", n=thousands(removed)), "success")
        return redirect(url_for(".roster", slug=slug))
    count = count_roster(db.session, contest)[0]
    page = render_template("quiz/contest/manage/roster_empty.html", contest=contest, form=form, count=count)
    return page, 422 if form.is_submitted() else 200


def back(contest: Contest) -> Back:
    """Return the link to the page of the roster."""
    return Back(url_for("quiz_manage.roster", slug=contest.slug), _("Danh sách người dự thi"))


PAGES = ImportPages(kind=RosterSheets, permission="contest.manage", find=contest_or_404, back=back, prefix="roster_")
PAGES.add_to(blueprint, "/<slug>/danh-sach/nhap")
