"""The organiser's page of the villages, agencies and schools that the participants of a contest choose from."""

from collections.abc import Sequence
from datetime import date

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from account.operations.units import UnitInUse, add_units, correct_name, delete_unit
from account.views.current import actor
from commune.labels import UNIT_LINE
from commune.models import Unit
from commune.queries.directory import read_directory
from commune.rules.unit_import import Count
from commune.rules.unit_list import CheckedUnits, LineState, check_units
from core import clock
from core.values.numbers import thousands
from core.values.week import local_date
from core.web.access import requires, scope
from core.web.extensions import db
from core.web.forms import ActionForm
from quiz.attempt.forms.units import UnitListForm, UnitNameForm
from quiz.attempt.operations.amending import can_amend
from quiz.attempt.operations.contest_units import enter_units
from quiz.attempt.operations.editing import AlreadyDeclared, may_redeclare
from quiz.attempt.queries.own_units import (
    OwnUnit,
    list_communes,
    list_former_names,
    list_ids_below,
    list_own_units,
    list_taking,
)
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest

Page = Response | tuple[str, int]
NAMED = 5
"""The most units that are named one by one after they were stored."""


@blueprint.route("/<slug>/don-vi", methods=["GET", "POST"])
@requires("contest.manage")
def units(slug: str) -> Page:
    """List the units below the communes of a contest; check a typed list, and add it."""
    contest = contest_or_404(slug)
    communes = list_communes(db.session, contest, scope())
    form = UnitListForm().offer(communes)
    if not form.validate_on_submit():
        return _page(contest, communes, form, status=422 if form.is_submitted() else 200)
    parent = next(unit for unit in communes if unit.id == form.parent.data)
    checked = _checked(form, parent)
    if not form.add.data:
        form.propose(replaces=checked.are_villages and parent.id in {each.unit_id for each in contest.units})
    if not form.add.data or checked.is_wrong or checked.does_nothing:
        return _page(contest, communes, form, checked, status=422 if checked.is_wrong else 200)
    return _try_to_add(contest, communes, form, parent, checked)


def _try_to_add(
    contest: Contest, communes: Sequence[Unit], form: UnitListForm, parent: Unit, checked: CheckedUnits
) -> Page:
    try:
        _add(contest, form, parent, checked)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        form.form_errors.append(_("Vừa có người khác thêm đơn vị vào xã này. Xin xem lại danh sách rồi thêm lần nữa."))
        return _page(contest, communes, form, status=409)
    except AlreadyDeclared:
        db.session.rollback()
        words = _("Vừa có người đăng ký, nên danh sách đơn vị dự thi không đổi được nữa. Chưa thêm gì.")
        form.form_errors.append(words)
        return _page(contest, communes, form, checked, status=409)
    return redirect(url_for(".units", slug=contest.slug))


def _checked(form: UnitListForm, parent: Unit) -> CheckedUnits:
    typed = form.read(parent)
    directory = read_directory(db.session, list_ids_below(db.session, parent))
    [above] = [unit for unit in directory.by_code[parent.code] if unit.id == parent.id]
    return check_units(directory, above, typed.read.wishes, typed.wrong, _today())


def _kept_words(checked: CheckedUnits, parent: Unit, *, enters: bool) -> str:
    """Return which units were stored, the first ones by name, and whether people may choose the new ones."""
    names = [line.name for line in checked.lines if line.state in (LineState.NEW, LineState.COUNTED)]
    named = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        named = _("%(names)s và %(n)s nơi khác", names=named, n=thousands(len(names) - NAMED))
    said = _("Đã ghi %(n)s đơn vị vào %(commune)s: %(names)s.", n=checked.kept, commune=parent.name, names=named)
    if not checked.added:
        return str(said)
    chosen, unused = _("Người đăng ký chọn được ngay."), _("Cuộc thi này chưa dùng đến đơn vị mới.")
    return f"{said} {chosen if enters else unused}"


def _add(contest: Contest, form: UnitListForm, parent: Unit, checked: CheckedUnits) -> None:
    now = clock.now()
    ids = add_units(db.session, actor(), parent, checked.changes, today=_today(), now=now)
    enters = bool(ids and form.enters.data and may_redeclare(db.session, contest))
    if enters:
        drop = [parent.id] if form.replaces.data else []
        enter_units(db.session, actor(), contest, add=ids, drop=drop, now=now)
    flash(_kept_words(checked, parent, enters=enters), "success")
    if contest.headcounts_fixed_at and any(isinstance(change, Count) for change in checked.changes):
        flash(
            _("Cuộc thi này đã có người đăng ký nên vẫn dùng số dân cũ. Muốn dùng số mới, xin sửa đổi có lý do."),
            "info",
        )


def _page(
    contest: Contest,
    communes: Sequence[Unit],
    form: UnitListForm,
    checked: CheckedUnits | None = None,
    *,
    status: int = 200,
) -> tuple[str, int]:
    own = list_own_units(db.session, contest, communes, _today())
    page = render_template(
        "quiz/attempt/manage/units.html",
        contest=contest,
        communes=communes,
        own=own,
        taking=list_taking(db.session, contest, _today()),
        form=form,
        checked=checked,
        state_words=UNIT_LINE,
        is_open=may_redeclare(db.session, contest),
        can_join=can_amend(db.session, contest),
        is_fixed=contest.headcounts_fixed_at is not None,
    )
    return page, status


@blueprint.route("/<slug>/don-vi/<int(max=2147483647):unit_id>", methods=["GET", "POST"])
@requires("contest.manage")
def unit(slug: str, unit_id: int) -> Page:
    """Correct the name of a unit."""
    contest = contest_or_404(slug)
    found = _own_or_404(contest, unit_id)
    form = UnitNameForm(name=found.unit.name)
    form.keep_from(_names_beside(contest, found), list_former_names(db.session, found.unit))
    if not form.validate_on_submit():
        page = render_template("quiz/attempt/manage/unit.html", contest=contest, found=found, form=form)
        return page, 422 if form.is_submitted() else 200
    correct_name(db.session, actor(), found.unit, form.name.data or "", today=_today(), now=clock.now())
    db.session.commit()
    flash(_("Đã lưu."), "success")
    return redirect(url_for(".units", slug=slug))


def _names_beside(contest: Contest, found: OwnUnit) -> list[str]:
    """Return the names of the other units in the same commune."""
    communes = [unit for unit in list_communes(db.session, contest, scope()) if unit.id == found.unit.parent_id]
    own = list_own_units(db.session, contest, communes, _today())
    return [each.unit.name for each in own if each.unit.id != found.unit.id]


@blueprint.post("/<slug>/don-vi/<int(max=2147483647):unit_id>/xoa")
@requires("contest.manage")
def delete_own_unit(slug: str, unit_id: int) -> Response:
    """Delete a unit that was added by mistake and that nothing refers to."""
    contest = contest_or_404(slug)
    found, back = _own_or_404(contest, unit_id), redirect(url_for(".units", slug=slug))
    if not ActionForm().validate_on_submit():
        return back
    try:
        if found.enters:
            enter_units(db.session, actor(), contest, drop=[unit_id], now=clock.now())
        delete_unit(db.session, actor(), found.unit, now=clock.now())
        db.session.commit()
    except (UnitInUse, AlreadyDeclared):
        db.session.rollback()
        flash(_("Đơn vị này đã có người đăng ký hoặc đang dùng ở cuộc thi khác, nên không xóa được."), "warning")
    else:
        flash(_("Đã xóa đơn vị."), "success")
    return back


def _own_or_404(contest: Contest, unit_id: int) -> OwnUnit:
    communes = list_communes(db.session, contest, scope())
    own = list_own_units(db.session, contest, communes, _today())
    return next((each for each in own if each.unit.id == unit_id), None) or abort(404)


def _today() -> date:
    return local_date(clock.now())
