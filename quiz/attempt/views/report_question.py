"""Report a question after the submission, by the receipt of one's own paper."""

from flask import render_template, request
from flask_babel import gettext as _

from core.idempotency import OtherBody
from core.values.week import local_date
from core.web.arrival import arrived_at
from core.web.code_guesses import refuse_code
from core.web.extensions import db, keyring
from quiz.attempt.forms.report import QuestionReportForm
from quiz.attempt.models import Attempt
from quiz.attempt.operations.reports import question_on_paper, report_key, report_question
from quiz.attempt.queries.attempt import find_attempt_by_receipt
from quiz.attempt.views.entry import commit_once
from quiz.contest.models import RoundQuestion
from quiz.contest.views import blueprint

Page = tuple[str, int]


@blueprint.route("/bao-loi", methods=["GET", "POST"], endpoint="report_question")
def report() -> Page:
    """Take what is wrong with a question of a submitted paper."""
    form = QuestionReportForm()
    if request.method != "POST" or not form.validate():
        return _page(form.renew(), 422 if request.method == "POST" else 200)
    found = (find_attempt_by_receipt(db.session, keyring(), code) for code in form.readings)
    attempt = next(filter(None, found), None)
    if attempt is None:
        return _page(form, refuse_code(form.code, _("Không tìm thấy mã này. Xin xem lại từng chữ, từng số của mã.")))
    if attempt.round.is_rehearsal:
        form.code.errors = [_("Đây là bài diễn tập, không báo lỗi câu hỏi được.")]
        return _page(form, 409)
    question = question_on_paper(db.session, keyring(), attempt, form.place.data or 0)
    if question is None:
        form.place.errors = [_("Bài của bạn không có câu số này.")]
        return _page(form, 422)
    return _store(attempt, question, form)


def _store(attempt: Attempt, question: RoundQuestion, form: QuestionReportForm) -> Page:
    now, text = arrived_at(), form.text.data or ""
    today = local_date(now)
    try:
        commit_once(
            report_key(keyring(), attempt, question),
            {"text": text},
            now,
            "",
            lambda: report_question(db.session, question, text, today=today),
        )
    except OtherBody:
        form.text.errors = [_("Hôm nay bạn đã báo câu này. Ban Tổ chức đã nhận được.")]
        return _page(form, 409)
    return render_template("quiz/attempt/reported.html", contest=attempt.round.contest), 200


def _page(form: QuestionReportForm, status: int) -> Page:
    return render_template("quiz/attempt/report_question.html", form=form), status
