"""A participant's page for a wrong unit: ask for another one, and read the answer."""

from collections.abc import Sequence

from flask import render_template, request
from flask_babel import lazy_gettext as _

from core.crypto import new_key
from core.idempotency import OtherBody
from core.web.arrival import arrived_at
from core.web.code_guesses import refuse_code
from core.web.extensions import db, keyring
from quiz.attempt.forms.entry import EnterForm
from quiz.attempt.queries import attempt as find
from quiz.attempt.views.entry import commit_once, why_not_found
from quiz.contest import queries as contests
from quiz.contest.models import Contest, Participant, UnitRequest
from quiz.contest.queries.entering import entered_ids
from quiz.contest.views import blueprint, contest_or_404
from quiz.persons.forms.unit_request import LOOK, UnitAnswersForm, UnitRequestForm
from quiz.persons.operations.unit_requests import AlreadyAsked, NoRoundLeft, SameUnit, ask_for_unit, takes_requests
from quiz.persons.queries.unit_requests import list_own

Page = tuple[str, int]
REFUSALS: dict[type[Exception], str] = {
    NoRoundLeft: _("Cuộc thi không nhận bài nữa, nên đơn vị dự thi giữ nguyên."),
    SameUnit: _("Bạn đang dự thi cho chính đơn vị này rồi."),
    AlreadyAsked: _("Bạn đã gửi một yêu cầu, đang chờ Ban Tổ chức trả lời."),
    OtherBody: _("Trang này đã gửi một yêu cầu khác. Xin xem lại rồi gửi lần nữa."),
}


@blueprint.route("/<slug>/doi-don-vi", methods=["GET", "POST"])
def ask_unit(slug: str) -> Page:
    """Take a request for another unit by the personal code, and show the answers to earlier ones."""
    contest = contest_or_404(slug)
    if LOOK in request.form:
        return _look(contest)
    form = UnitRequestForm()
    if request.method != "POST":
        return _page(contest, form, 200)
    _offer(contest, form)
    is_valid = form.validate()
    holder = None if form.code.errors else _holder(contest, form)
    if holder is None and not form.code.errors:  # counted even in a bad form, or codes could be tried in those
        return _page(contest, form.renew(), refuse_code(form.code, why_not_found(form)))
    if holder and form.only_looks and not form.form_token.errors:
        return _page(contest, form.cleared(), 200, list_own(db.session, holder.id))
    if holder is None or not is_valid:
        return _page(contest, form.renew(), 400 if form.is_malformed else 422)
    return _ask(contest, holder, form)


def _offer(contest: Contest, form: UnitRequestForm) -> None:
    if not form.unit.choices:
        entered, units = entered_ids(contest, arrived_at()), contests.list_contest_units(db.session, contest)
        form.unit.offer((unit.id, unit.label) for unit in units if unit.id in entered)


def _look(contest: Contest) -> Page:
    """Show the answers to the requests of the participant with this code."""
    asking, looking = UnitRequestForm(formdata=None), UnitAnswersForm()
    if not looking.validate():
        return _page(contest, asking, 400 if looking.is_malformed else 422, looking=looking.renew())
    holder = _holder(contest, looking)
    if holder is None:
        return _page(contest, asking, refuse_code(looking.code, why_not_found(looking)), looking=looking)
    return _page(contest, asking, 200, list_own(db.session, holder.id), looking=looking, has_looked=True)


def _holder(contest: Contest, form: EnterForm) -> Participant | None:
    holder = find.find_holder(db.session, keyring(), form.readings)
    is_here = holder is not None and holder.contest_id == contest.id
    return holder if is_here and holder and holder.person_id and holder.restricted_at is None else None


def _ask(contest: Contest, holder: Participant, form: UnitRequestForm) -> Page:
    now, id = arrived_at(), holder.id
    try:
        commit_once(
            form.key.data,
            form.body(),
            now,
            "",
            lambda: ask_for_unit(db.session, keyring(), holder, form.unit.data or 0, form.reason.data or "", now=now),
        )
    except tuple(REFUSALS) as refusal:
        form.key.data = new_key()
        form.form_errors.append(REFUSALS[type(refusal)])
        return _page(contest_or_404(contest.slug), form, 409, list_own(db.session, id))
    return _page(contest_or_404(contest.slug), form, 200, list_own(db.session, id), is_sent=True)


def _page(
    contest: Contest,
    form: UnitRequestForm,
    status: int,
    own: Sequence[UnitRequest] = (),
    *,
    is_sent: bool = False,
    looking: UnitAnswersForm | None = None,
    has_looked: bool = False,
) -> Page:
    is_open = takes_requests(contest, arrived_at())
    _offer(contest, form)
    page = render_template(
        "quiz/persons/ask_unit.html",
        contest=contest,
        form=form,
        own=own,
        is_sent=is_sent,
        looking=looking or UnitAnswersForm(formdata=None),
        has_looked=has_looked,
        is_looking=looking is not None or LOOK in request.args or not is_open,
        takes_requests=is_open,
    )
    return page, status
