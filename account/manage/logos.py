"""The administrator's pages for the logos of units."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from account.forms.logo import LARGEST, LogoForm
from account.manage.current import actor
from account.operations.logos import change_logo, take_logo_away
from commune.models import Unit
from commune.queries import logos as queries
from core import clock
from core.images import Drawn
from core.values.week import local_date
from core.web.access import requires, scope
from core.web.extensions import db
from core.web.forms import ActionForm
from core.web.paging import paging, searched
from core.web.uploads import takes

blueprint = Blueprint("account_logo", __name__, url_prefix="/quan-tri/bieu-trung")
AROUND = 1024 * 1024
"""Bytes of a body beyond the largest picture, so that a slightly larger one is refused on the page itself."""


@blueprint.get("/")
@requires("account.manage")
def logos() -> str:
    """List the units that may have a logo, with the logo that is shown for each."""
    page = paging(queries.count_bearers(db.session, scope(), _today(), find=searched()))
    units = queries.list_bearers(db.session, scope(), _today(), find=page.find, part=page.part)
    shown = queries.logos_of(db.session, [unit.id for unit in units])
    return render_template("account/manage/logos.html", page=page, units=units, shown=shown)


@blueprint.route("/<int(max=2147483647):unit_id>", methods=["GET", "POST"])
@requires("account.manage")
@takes(LARGEST + AROUND)
def logo(unit_id: int) -> tuple[str, int] | Response:
    """Show the logo of a unit and the form for another picture."""
    unit, form = _unit_or_404(unit_id), LogoForm()
    if form.validate_on_submit() and form.drawn is not None:
        return _set(unit, form.drawn)
    shown = queries.logos_of(db.session, [unit.id]).get(unit.id)
    page = render_template("account/manage/logo.html", unit=unit, form=form, shown=shown)
    return page, form.status if form.is_submitted() else 200


@blueprint.route("/<int(max=2147483647):unit_id>/go", methods=["GET", "POST"])
@requires("account.manage")
def remove(unit_id: int) -> str | Response:
    """Remove a unit's own logo, after a page that says what this does."""
    unit, form = _unit_or_404(unit_id), ActionForm()
    logo = queries.find_logo(db.session, unit)
    if logo is None:
        flash(_("Biểu trưng của %(unit)s đã được gỡ từ trước.", unit=unit.name), "warning")
        return redirect(url_for(".logo", unit_id=unit_id))
    if not form.validate_on_submit():
        above = queries.logos_of(db.session, [unit.parent_id] if unit.parent_id else [])
        inherited = above.get(unit.parent_id) if unit.parent_id else None
        return render_template("account/manage/logo_remove.html", unit=unit, form=form, logo=logo, above=inherited)
    return _remove(unit)


def _set(unit: Unit, drawn: Drawn) -> Response:
    try:
        change_logo(db.session, actor(), unit, drawn, now=clock.now())
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        flash(_("Vừa có người khác đặt biểu trưng. Xin xem hình dưới đây rồi gửi lại nếu cần."), "warning")
    else:
        flash(_("Đã đặt biểu trưng của %(unit)s.", unit=unit.name), "success")
    return redirect(url_for(".logo", unit_id=unit.id))


def _remove(unit: Unit) -> Response:
    take_logo_away(db.session, actor(), unit, now=clock.now())
    db.session.commit()
    flash(_("Đã gỡ biểu trưng của %(unit)s.", unit=unit.name), "success")
    return redirect(url_for(".logo", unit_id=unit.id))


def _unit_or_404(unit_id: int) -> Unit:
    """Return a unit of the administrator that may have a logo."""
    return queries.find_bearer(db.session, unit_id, scope(), _today()) or abort(404)


def _today() -> date:
    return local_date(clock.now())
