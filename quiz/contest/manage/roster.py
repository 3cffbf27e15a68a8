"""The organiser's pages of a roster: the number of people, and emptying it."""

from collections.abc import Sequence
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.operations.approval import Handler, Part, decided_by
from account.rules.signed import Signed
from account.views.current import actor, request_approval
from core import clock
from core.crypto import Keyring
from core.values.numbers import thousands
from core.web.access import requires
from core.web.extensions import db
from core.web.importing import Back, ImportPages
from quiz.contest.files.roster import RosterSheets
from quiz.contest.forms import EmptyRosterForm
from quiz.contest.manage import asks_second, blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.operations.roster import empty_roster
from quiz.contest.queries import count_roster, find_open_round, is_roster_in_use, list_contest_units
from quiz.contest.queries.registered import count_registered
from quiz.contest.queries.unit_requests import count_undecided
from quiz.contest.rules.actions import QuizAction


@blueprint.get("/<slug>/danh-sach")
@requires("contest.manage")
def roster(slug: str) -> str:
    """Show the people registered by unit, then the number of people on the roster and the time of its last import."""
    contest = contest_or_404(slug)
    count, last = count_roster(db.session, contest)
    registered = count_registered(db.session, contest)
    return render_template(
        "quiz/contest/manage/roster.html",
        contest=contest,
        count=count,
        last=last,
        running=find_open_round(db.session, contest, clock.now()),
        total=sum(registered.values()),
        by_unit=[(each, registered.get(each.id, 0)) for each in list_contest_units(db.session, contest)],
        moves=count_undecided(db.session).get(contest.id, 0),
    )


@blueprint.route("/<slug>/danh-sach/xoa", methods=["GET", "POST"])
@requires("contest.manage")
def roster_empty(slug: str) -> tuple[str, int] | Response:
    """Empty the roster, after a confirmation; by request once it decides who is ranked."""
    contest, form = contest_or_404(slug), EmptyRosterForm()
    is_grave = asks_second(contest) and is_roster_in_use(db.session, contest)
    if not form.validate_on_submit():
        words = {"count": count_roster(db.session, contest)[0], "is_grave": is_grave}
        page = render_template("quiz/contest/manage/roster_empty.html", contest=contest, form=form, **words)
        return page, 422 if form.is_submitted() else 200
    back_to, reason = url_for(".roster", slug=slug), form.reason.data or ""
    if is_grave:
        return request_approval(QuizAction.ROSTER_EMPTY, of_contest(contest), reason=reason, back=back_to)
    removed = empty_roster(db.session, actor(), contest, reason=reason, now=clock.now())
    db.session.commit()
    flash(_("Đã xóa danh sách %(n)s người.", n=thousands(removed)), "success")
    return redirect(back_to)


def show_emptying(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return how many people would be taken out, and what that means."""
    contest = session.get_one(Contest, int(approval.subject_id))
    lines = [
        (_("Danh sách hiện có"), Signed(_("%(n)s người", n=thousands(count_roster(session, contest)[0])))),
        (_("Sau khi đồng ý"), _("Danh sách trống; không ai được xếp hạng cho đến khi nhập lại trước giờ chốt đợt")),
    ]
    return (Part(_("Xóa danh sách người dự thi"), lines),)


def do_emptying(session: Session, _keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Empty the roster."""
    contest = session.get_one(Contest, int(approval.subject_id))
    empty_roster(session, decided_by(approval), contest, reason=approval.reason, now=now, approval=approval)


HANDLER = Handler(QuizAction.ROSTER_EMPTY, "contest.manage", show_emptying, do_emptying)


def back(contest: Contest) -> Back:
    """Return the link to the page of the roster."""
    return Back(url_for("quiz_manage.roster", slug=contest.slug), _("Người dự thi: %(contest)s", contest=contest.title))


PAGES = ImportPages(kind=RosterSheets, permission="contest.manage", find=contest_or_404, back=back, prefix="roster_")
PAGES.add_to(blueprint, "/<slug>/danh-sach/nhap")
