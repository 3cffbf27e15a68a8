"""The organiser's pages of a round's paper sheets: how they stand, and printing them, for anybody or for a unit."""

from datetime import datetime
from typing import NamedTuple

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor, present_account
from core import clock
from core.values.text import N_
from core.web.access import requires, scope_of
from core.web.extensions import db, keyring
from quiz.attempt.forms.paper_sheet import MOST_PRINTED, PrintNamedForm, PrintSheetsForm
from quiz.attempt.labels import SHEET_STATE
from quiz.attempt.manage.sheet_file import sheets_file
from quiz.attempt.operations import attempt as attempts
from quiz.attempt.operations import sheet_printing as operations
from quiz.attempt.queries.named_sheets import count_untried
from quiz.attempt.queries.paper_sheets import count_sheets, find_sheet, list_open_sheets, list_unsettled, state_in
from quiz.attempt.queries.printed import list_outdated
from quiz.attempt.rules.printed import spans_of
from quiz.attempt.rules.sheet_proof import SET_ASIDE, SheetState
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.queries import count_roster
from quiz.contest.queries.entering import list_units_in
from quiz.contest.rules.presets import GuessTarget

Page = Response | tuple[str, int]
SHEET, UNIT, NEXT = "so", "don-vi", "tiep"
"""The parameters that ask for a sheet by its number, for the sheets of a unit, and to go on with the next."""
NOT_PRINTED: dict[type[Exception], str] = {
    attempts.RoundNotOpen: N_("Đợt thi chưa có câu hỏi, hoặc đã đóng, nên không in phiếu được."),
    operations.NotPublicYet: N_("Cuộc thi còn là bản nháp: địa chỉ và đề còn đổi. Xin công bố cuộc thi rồi in phiếu."),
}
"""Why no sheet is printed."""


class UnsettledSheet(NamedTuple):
    """A sheet that both accounts keyed in and that counts for no person: its number, and why."""

    number: int
    why: str


@blueprint.route("/<slug>/tuan/<int:number>/phieu-giay", methods=["GET", "POST"])
@requires("contest.manage")
def paper_sheets(slug: str, number: int) -> Page:
    """Show how the sheets of a round stand; print more for anybody."""
    round, form = round_or_404(slug, number), PrintSheetsForm()
    sheet = find_sheet(db.session, round, request.args.get(SHEET, 0, type=int))
    if sheet is not None:
        return redirect(url_for(".key_sheet", slug=slug, number=number, sheet=sheet.number))
    if not form.validate_on_submit():
        return _list_page(round, form, 422 if form.is_submitted() else 200)
    try:
        sheets = operations.print_sheets(db.session, actor(), round, form.quantity.data or 1, now=clock.now())
    except tuple(NOT_PRINTED) as refusal:
        db.session.rollback()
        form.form_errors.append(_(NOT_PRINTED[type(refusal)]))
        return _list_page(round_or_404(slug, number), form, 409)
    reply = sheets_file(round, sheets, f"phieu-giay-{sheets[0].number}-{sheets[-1].number}")
    db.session.commit()
    return reply


@blueprint.route("/<slug>/tuan/<int:number>/phieu-giay/co-ten", methods=["GET", "POST"])
@requires("contact.open")
def named_sheets(slug: str, number: int) -> Page:
    """Print a sheet for each participant of a unit who has not taken part in a round, with the name and a code."""
    round = round_or_404(slug, number)
    form, counts = _named_form(round)
    if not form.validate_on_submit():
        return _named_page(round, form, counts, 422 if form.is_submitted() else 200)
    try:
        reply = _print_named(round, form)
    except tuple(NOT_PRINTED) as refusal:
        db.session.rollback()
        form.form_errors.append(_(NOT_PRINTED[type(refusal)]))
        return _named_page(round_or_404(slug, number), form, counts, 409)
    if reply is None:
        form.form_errors.append(_("Ai chưa thi trong đơn vị này cũng có phiếu rồi. Muốn in lại thì đánh dấu ô In lại."))
        return _named_page(round, form, counts, 409)
    db.session.commit()
    return reply


def _print_named(round: Round, form: PrintNamedForm) -> Response | None:
    unit = next(each for each in list_units_in(db.session, round.contest, round.number) if each.id == form.unit.data)
    sheets = operations.print_named_sheets(
        db.session,
        keyring(),
        actor(),
        round,
        unit,
        reason=form.reason.data or "",
        again=form.again.data,
        most=MOST_PRINTED,
        now=clock.now(),
    )
    return sheets_file(round, sheets, f"phieu-co-ten-{round.number}-{unit.code}") if sheets else None


def _named_form(round: Round) -> tuple[PrintNamedForm, dict[int, int]]:
    """Return the form with the units that have participants without an attempt, and how many."""
    form, found = PrintNamedForm(), count_untried(db.session, round)
    units = [each for each in list_units_in(db.session, round.contest, round.number) if each.id in found]
    counts = {each.id: found[each.id] for each in units}
    form.unit.offer((each.id, _("%(unit)s: %(n)s người", unit=each.label, n=counts[each.id])) for each in units)
    if request.method == "GET" and (wanted := request.args.get(UNIT, 0, type=int)) in counts:
        form.unit.data = wanted
    return form, counts


def _named_page(round: Round, form: PrintNamedForm, counts: dict[int, int], status: int) -> Page:
    page = render_template(
        "quiz/attempt/manage/named_sheets.html",
        contest=round.contest,
        round=round,
        form=form,
        people=sum(counts.values()),
        has_roster=count_roster(db.session, round.contest)[0] > 0,
        most=MOST_PRINTED,
    )
    return page, status


def _list_page(round: Round, form: PrintSheetsForm, status: int) -> Page:
    now, outdated = clock.now(), list_outdated(db.session, keyring(), round)
    page = render_template(
        "quiz/attempt/manage/paper_sheets.html",
        contest=round.contest,
        round=round,
        form=form,
        counts=count_sheets(db.session, round),
        outdated=spans_of([sheet.number for sheet in outdated]),
        unusable=sum(sheet.first_by_id is None for sheet in outdated),
        waiting=list_open_sheets(db.session, round),
        **_unsettled(round, now),
        me=present_account(),
        may_name=round.contest.unit_id in scope_of("contact.open"),
        sought=request.args.get(SHEET, ""),
        goes_on=NEXT in request.args,
        has_guess=round.declared.guess_target is not GuessTarget.NONE,
        is_late=now >= round.closes_at,
    )
    return page, status


def _unsettled(round: Round, now: datetime) -> dict[str, list[UnsettledSheet]]:
    """Return the sheets that ask their person, and those that were set aside."""
    found = [(each, state_in(db.session, each, now=now)) for each in list_unsettled(db.session, round)]
    asking = [UnsettledSheet(each.number, "") for each, state in found if state is SheetState.ASKED]
    aside = [UnsettledSheet(each.number, _(SHEET_STATE[state])) for each, state in found if state in SET_ASIDE]
    return {"asking": asking, "aside": aside}
