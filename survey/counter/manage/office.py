"""Set up offices and correct their names."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from account.views.current import actor
from commune.models import OWN_KINDS, Office, Unit
from commune.queries import list_units
from commune.queries.offices import find_office, list_slugs
from core.clock import now
from core.content import ENGLISH, texts_of_one
from core.values.text import free_slug
from core.values.week import local_date
from core.web.access import requires, scope
from core.web.client import client_ip
from core.web.extensions import db, settings
from survey.counter.forms import OfficeEditForm, OfficeForm
from survey.counter.models import Counter
from survey.counter.operations.offices import correct_office, set_up_office
from survey.counter.queries.counters import find_counter_of

blueprint = Blueprint("survey_manage", __name__, url_prefix="/quan-tri/danh-gia")


Page = Response | tuple[str, int]
RESERVED = frozenset({"them", "to-treo"})
"""Path segments of other pages, which no office may have as a slug."""


@blueprint.route("/them", methods=["GET", "POST"])
@requires("office.manage")
def new_office() -> tuple[str, int] | Response:
    """Set up an office."""
    form = OfficeForm(data={"host": settings().host})
    units = list_units(db.session, scope(), local_date(now()))
    form.unit.offer((unit.id, unit.label) for unit in units)
    form.known = {unit.id: units_over(unit) for unit in units}
    if form.validate_on_submit():
        unit = next(unit for unit in units if unit.id == form.unit.data)
        try:
            slug = _free_slug(form.name.data)
            office = set_up_office(
                db.session, actor(), unit, slug=slug, words=form.words, english=form.english, now=now()
            )
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            form.name.errors = [_("Vừa có tên này. Xin bấm lần nữa.")]
        else:
            return redirect(url_for(".counters", slug=office.slug))
    return render_template("survey/counter/manage/office_form.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/<slug>/sua", methods=["GET", "POST"])
@requires("office.manage")
def edit_office(slug: str) -> Page:
    """Correct an office; posters already printed keep the old names."""
    office = office_or_404(slug)
    form = OfficeEditForm(obj=office, **_english(office))
    form.over = units_over(office.unit)
    if form.validate_on_submit():
        correct_office(db.session, actor(), office, form.words, english=form.english, now=now())
        db.session.commit()
        flash(_("Đã lưu. Tờ treo đã in vẫn mang tên cũ; muốn đổi thì in lại, mã QR giữ nguyên."), "success")
        return redirect(url_for(".office", slug=slug))
    here = client_ip()
    shown = here if here and not here.is_loopback else ""
    page = render_template("survey/counter/manage/office_edit.html", form=form, office=office, here=shown)
    return page, 422 if form.is_submitted() else 200


def _english(office: Office) -> dict[str, str]:
    """Return the texts of *office* in English, by the names of their form fields."""
    return {f"{field}_en": text for field, text in texts_of_one(db.session, office, ENGLISH).items()}


def units_over(unit: Unit) -> tuple[str, ...]:
    """Return the name of an office's unit, and for a village or a school also that of the unit around it."""
    return (unit.name, unit.parent.name) if unit.kind in OWN_KINDS and unit.parent else (unit.name,)


def _free_slug(name: str) -> str:
    """Return a slug for a new office called *name* that is neither taken nor reserved."""
    taken = list_slugs(db.session, starting=free_slug(name, ()))
    return free_slug(name, taken | RESERVED)


def office_or_404(slug: str) -> Office:
    """Return the office at *slug* if it serves one of the account's units, else abort with 404."""
    return find_office(db.session, slug, scope()) or abort(404)


def counter_or_404(slug: str, number: int) -> Counter:
    """Return a counter of the account's offices, else abort with 404."""
    return find_counter_of(db.session, office_or_404(slug), number) or abort(404)
