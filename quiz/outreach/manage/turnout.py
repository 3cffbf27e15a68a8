"""The organiser's pages of who has not taken part in a round: counts by unit, and names of one unit once opened."""

from io import BytesIO

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor, present_account
from commune.models import Unit
from core import clock
from core.web.access import requires, scope_of
from core.web.downloads import XLSX, download
from core.web.extensions import db, keyring
from core.web.paging import paging, searched
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.queries import phase_of
from quiz.contest.rules.presets import GuessTarget
from quiz.contest.rules.schedule import Phase
from quiz.outreach.files.turnout import absent_workbook, turnout_workbook
from quiz.outreach.queries.turnout import absent_opened_until, count_absent, find_absent, find_unit, unit_turnout
from quiz.outreach.rules.turnout import matching, most_left, total
from quiz.results.forms.closing import OpeningForm
from quiz.results.models.contact import ABSENT
from quiz.results.operations.contact import grant_contact_access
from quiz.results.operations.taken import record_file_taken
from quiz.results.operations.versions import TooEarly

Page = Response | tuple[str, int]
LEFT = "con"
"""The value of *loc* in the address that leaves out units without anybody left."""


@blueprint.get("/<slug>/tuan/<int:number>/chua-thi")
@requires("contest.manage")
def turnout(slug: str, number: int) -> str:
    """List the units by the people who have not taken part in a round."""
    round = round_or_404(slug, number)
    lines, is_left = unit_turnout(db.session, round), request.args.get("loc") == LEFT
    found = matching(lines, searched(), is_left=is_left)
    page = paging(len(found), 50, loc=LEFT if is_left else "")
    return render_template(
        "quiz/outreach/manage/turnout.html",
        contest=round.contest,
        round=round,
        is_open=phase_of(round, clock.now()) is Phase.OPEN,
        whole=total(lines),
        most=most_left(lines),
        shown=found[page.part],
        page=page,
        is_left=is_left,
        guesses=round.declared.guess_target is not GuessTarget.NONE,
    )


@blueprint.get("/<slug>/tuan/<int:number>/chua-thi.xlsx")
@requires("contest.manage")
def turnout_file(slug: str, number: int) -> Response:
    """Send the counts of the units as a workbook; a search and the filter hold for it too."""
    round, target = round_or_404(slug, number), BytesIO()
    lines = matching(unit_turnout(db.session, round), searched(), is_left=request.args.get("loc") == LEFT)
    turnout_workbook(round, lines, target, now=clock.now())
    return download(target.getvalue(), XLSX, f"{slug} dot {number} ai chua thi.xlsx")


@blueprint.get("/<slug>/tuan/<int:number>/chua-thi/<int(max=2147483647):unit_id>")
@requires("contest.manage")
def absent(slug: str, number: int, unit_id: int) -> Page:
    """Show how many of a unit are left, with the names of those who agreed once they are open to this account."""
    round = round_or_404(slug, number)
    return _page(round, _unit_or_404(round, unit_id), OpeningForm(None), 200)


@blueprint.post("/<slug>/tuan/<int:number>/chua-thi/<int(max=2147483647):unit_id>/mo")
@requires("contact.open")
def open_absent(slug: str, number: int, unit_id: int) -> Page:
    """Open these names for a day, with a reason."""
    round, form, me = round_or_404(slug, number), OpeningForm(), present_account().id
    unit, reason = _unit_or_404(round, unit_id), form.reason.data or ""
    if not form.validate_on_submit():
        return _page(round, unit, form, 422)
    try:
        grant_contact_access(
            db.session, actor(), round, account_id=me, people=ABSENT, unit=unit, reason=reason, now=clock.now()
        )
    except TooEarly:
        db.session.rollback()
        return _page(round_or_404(slug, number), _unit_or_404(round, unit_id), form, 409)
    db.session.commit()
    flash(_("Đã mở trong 24 giờ, chỉ cho tài khoản này. Việc mở đã được ghi vào nhật ký."), "success")
    return redirect(url_for(".absent", slug=slug, number=number, unit_id=unit_id))


@blueprint.get("/<slug>/tuan/<int:number>/chua-thi/<int(max=2147483647):unit_id>.xlsx")
@requires("contact.open")
def absent_file(slug: str, number: int, unit_id: int) -> Response:
    """Send the names that are open to this account as a workbook, and record it."""
    round, target, now = round_or_404(slug, number), BytesIO(), clock.now()
    unit = _unit_or_404(round, unit_id)
    if absent_opened_until(db.session, round, unit, present_account().id, now) is None:
        return redirect(url_for(".absent", slug=slug, number=number, unit_id=unit_id))
    found = find_absent(db.session, keyring(), round, unit)
    absent_workbook(round, unit.name, found, target, now=now)
    name = f"{slug} dot {number} chua thi {unit.name}.xlsx"
    record_file_taken(db.session, actor(), round, file=name, people=len(found.named), now=now)
    db.session.commit()
    return download(target.getvalue(), XLSX, name)


def _unit_or_404(round: Round, unit_id: int) -> Unit:
    return find_unit(db.session, round, unit_id) or abort(404)


def _page(round: Round, unit: Unit, form: OpeningForm, status: int) -> Page:
    now, me = clock.now(), present_account()
    may_open = round.contest.unit_id in scope_of("contact.open")
    opened_until = absent_opened_until(db.session, round, unit, me.id, now) if may_open else None
    found = find_absent(db.session, keyring(), round, unit) if opened_until else count_absent(db.session, round, unit)
    page = render_template(
        "quiz/outreach/manage/absent.html",
        contest=round.contest,
        round=round,
        unit=unit,
        form=form,
        absent=found,
        opened_until=opened_until,
        may_open=may_open,
        is_open=phase_of(round, now) is Phase.OPEN and round.contest.takes_papers,
    )
    return page, status
