"""Object to one's own published result, by the personal code."""

from flask import abort, render_template, request
from flask_babel import gettext as _

from core.web.arrival import arrived_at
from core.web.code_guesses import refuse_code
from core.web.extensions import db, keyring
from quiz.attempt.models import Attempt
from quiz.attempt.queries.attempt import find_holder
from quiz.contest.models import Round
from quiz.contest.queries import find_round
from quiz.contest.views import blueprint, contest_or_404
from quiz.results.forms.objection import ObjectionForm
from quiz.results.models import Objection
from quiz.results.operations.objections import AlreadyObjected, ObjectionsOver, make_objection
from quiz.results.queries.objections import find_period
from quiz.results.queries.own_paper import find_counted_attempt

Page = tuple[str, int]


@blueprint.route("/<slug>/tuan/<int:number>/khieu-nai", methods=["GET", "POST"], endpoint="object")
def object_to_result(slug: str, number: int) -> Page:
    """Take an objection within the declared period; a lost code is answered by the organiser's telephone."""
    round, form = _round_or_404(slug, number), ObjectionForm()
    if request.method != "POST" or not form.validate():
        return _page(round, form.renew(), 422 if request.method == "POST" else 200)
    holder = find_holder(db.session, keyring(), form.readings)
    if holder is None:
        words = _("Không có mã cá nhân này. Mã tra cứu chỉ để xem kết quả; khiếu nại cần mã cá nhân. Xin xem lại.")
        return _page(round, form, refuse_code(form.code, words))
    attempt = find_counted_attempt(db.session, round, holder.id)
    if attempt is None:
        form.code.errors = [_("Người có mã này không có bài trong tuần.")]
        return _page(round, form, 422)
    return _make(slug, attempt, form)


def _round_or_404(slug: str, number: int) -> Round:
    """Return a round to whose results one may or might object."""
    round = find_round(db.session, contest_or_404(slug), number) or abort(404)
    return round if find_period(db.session, round, arrived_at()) else abort(404)


def _make(slug: str, attempt: Attempt, form: ObjectionForm) -> Page:
    number = attempt.round.number
    try:
        made = make_objection(db.session, keyring(), attempt, form.text.data or "", now=arrived_at())
    except (ObjectionsOver, AlreadyObjected) as error:
        db.session.rollback()
        return _refused(_round_or_404(slug, number), form, error)
    db.session.commit()
    return _taken(made)


def _refused(round: Round, form: ObjectionForm, error: Exception) -> Page:
    words = _("Đã hết hạn khiếu nại tuần này.")
    if isinstance(error, AlreadyObjected):
        words = _("Bạn đã khiếu nại kết quả này. Xem trả lời ở trang Kết quả thi của bạn.")
    form.form_errors.append(words)
    return _page(round, form, 409)


def _taken(made: Objection) -> Page:
    round = made.round
    return render_template("quiz/results/objected.html", contest=round.contest, round=round, made=made), 200


def _page(round: Round, form: ObjectionForm, status: int) -> Page:
    page = render_template(
        "quiz/results/objection.html",
        contest=round.contest,
        round=round,
        form=form,
        period=find_period(db.session, round, arrived_at()),
    )
    return page, status
