"""Mend a typing error of an open round's question; settle reports of participants."""

import uuid

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.translation import said
from core.web.access import requires
from core.web.extensions import db
from core.web.forms import ActionForm
from quiz.bank.forms import MendForm
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.manage.question_view import QuestionCard
from quiz.contest.models import Round, RoundQuestion
from quiz.contest.operations.contest import are_frozen
from quiz.contest.operations.mending import NoTypo, mend_question, settle_report
from quiz.contest.operations.questions import parsed_of
from quiz.contest.queries.reports import find_report

Page = tuple[str, int] | Response


@blueprint.route("/<slug>/tuan/<int:number>/cau-hoi/<int:position>/sua-loi", methods=["GET", "POST"])
@requires("contest.manage")
def mend(slug: str, number: int, position: int) -> Page:
    """Mend a typing error in the words of a question of a round that has opened."""
    round = round_or_404(slug, number)
    place = next((each for each in round.questions if each.position == position), None) or abort(404)
    back = url_for(".questions", slug=slug, number=number)
    if not are_frozen(round, clock.now()):
        flash(_("Đợt thi chưa mở nên sửa thẳng trong câu hỏi."), "info")
        return redirect(back)
    form = MendForm()
    if form.validate_on_submit() and _mended(round, place, form):
        flash(_("Đã sửa câu %(position)s. Người dự thi thấy lời mới và lúc sửa.", position=position), "success")
        return redirect(back)
    form.text.data = form.text.data if form.is_submitted() else place.text
    card = QuestionCard(position, parsed_of(place.revision, place.key))
    page = render_template(
        "quiz/contest/manage/mend_question.html", contest=round.contest, round=round, form=form, card=card
    )
    return page, 422 if form.is_submitted() else 200


def _mended(round: Round, place: RoundQuestion, form: MendForm) -> bool:
    """Mend the question; False with the reason on the form if it is no typing error."""
    try:
        mend_question(db.session, actor(), round, place, form.text.data or "", now=clock.now())
    except NoTypo as refusal:
        form.text.errors = [said(refusal.why)]
        return False
    db.session.commit()
    return True


@blueprint.post("/<slug>/tuan/<int:number>/cau-hoi/bao-loi/<uuid:report_id>")
@requires("question.write")
def settle(slug: str, number: int, report_id: uuid.UUID) -> Response:
    """Set a report as read and dealt with."""
    round = round_or_404(slug, number)
    report = find_report(db.session, round, report_id) or abort(404)
    if ActionForm().validate_on_submit():
        settle_report(db.session, actor(), round, report, now=clock.now())
        db.session.commit()
        flash(_("Đã ghi là đã xem báo lỗi."), "success")
    return redirect(url_for(".questions", slug=slug, number=number))
