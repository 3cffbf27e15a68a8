"""Offices and counters, their posters, their figures and what people wrote."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as BaseResponse

from account.views.current import audit
from commune.models import OWN_KINDS, Office, Unit
from commune.queries import list_units
from core.clock import now
from core.values.text import free_slug
from core.values.week import local_date, monday_of
from core.web.access import requires, scope, scope_of
from core.web.error_links import Way
from core.web.extensions import db, keyring, settings
from core.web.paging import paging, searched, sorted_by
from survey import labels, operations
from survey.forms import CounterForm, OfficeForm, PrintForm
from survey.manage.blueprint import blueprint
from survey.models import Counter
from survey.queries.comment import comment_months, count_comments, list_comments
from survey.queries.figures import (
    cards_by_channel,
    cards_by_counter,
    cards_by_office,
    figures_of,
)
from survey.queries.office import (
    EVERY,
    count_offices,
    find_counter_of,
    find_office,
    list_counters,
    list_offices,
    new_counters,
    new_offices,
)
from survey.queries.printed import address_of, dead_scans
from survey.queries.rating import count_rehearsed
from survey.rules.actions import Action
from survey.rules.address import typed
from survey.rules.scorecard import Scorecard

SORTS: dict[str, Callable[[Scorecard | None], float] | None] = {
    "ten": None,
    "luot": lambda card: -card.n if card else 1,
    "ty-le": lambda card: card.share if card else 2,
}
"""What the list of offices may be sorted by: name, most ratings, least satisfied; those without figures come last."""
MOST_SORTED = 200
"""Offices that are sorted by their figures, for which those of all are read: a province has fewer communes."""


@blueprint.get("/")
@requires("office.see")
def offices() -> str:
    """The offices of one's units."""
    total, today = count_offices(db.session, scope(), find=searched()), local_date(now())
    sort = sorted_by(SORTS) if total <= MOST_SORTED else "ten"
    page = paging(total, **{"sap-xep": sort if SORTS[sort] else ""})
    # what is sorted by its figures is sorted as a whole, then turned to the page
    offices = list_offices(db.session, scope(), find=page.find, part=EVERY if SORTS[sort] else page.part)
    cards = cards_by_office(db.session, offices, today)
    if rank := SORTS[sort]:
        offices = sorted(offices, key=lambda office: rank(cards[office.id]))[page.part]
    rows = [(office, cards[office.id]) for office in offices]
    new = new_offices(db.session, offices, today)
    sorting = {"sort": sort, "sorts": SORTS if total <= MOST_SORTED else (), "most_sorted": MOST_SORTED}
    return render_template("survey/manage/offices.html", rows=rows, new=new, page=page, **sorting)


@blueprint.route("/them", methods=["GET", "POST"])
@requires("office.manage")
def new_office() -> tuple[str, int] | BaseResponse:
    """Set an office up."""
    form = OfficeForm(data={"host": settings().host})
    units = list_units(db.session, scope(), local_date(now()))
    form.unit.offer((unit.id, unit.label) for unit in units)
    form.known = {unit.id: units_over(unit) for unit in units}
    if form.validate_on_submit():
        unit = next(unit for unit in units if unit.id == form.unit.data)
        try:
            office = _create_office(unit, form)
            audit(Action.OFFICE_CREATE, operations.office_subject(office))
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            form.name.errors = [_("Vừa có tên này. Xin bấm lần nữa.")]
        else:
            return redirect(url_for(".office", slug=office.slug))
    return render_template("survey/manage/office_form.html", form=form), 422 if form.is_submitted() else 200


def units_over(unit: Unit) -> tuple[str, ...]:
    """The unit of an office by name, and for a village's or a school's what it lies in."""
    return (unit.name, unit.parent.name) if unit.kind in OWN_KINDS and unit.parent else (unit.name,)


def _create_office(unit: Unit, form: OfficeForm) -> Office:
    taken = {office.slug for office in list_offices(db.session)} | {"them", "to-treo"}
    return operations.create_office(
        db.session, unit, slug=free_slug(form.name.data, taken), name=form.name.data, host=form.host.data,
        hotline=form.hotline.data or "",
    )  # fmt: skip


@blueprint.get("/<slug>")
@requires("office.see")
def office(slug: str) -> str:
    """An office: its figures, its counters and their posters, the comments that may be read."""
    office = office_or_404(slug)
    counters = list_counters(db.session, office)
    monday = monday_of(local_date(now()))
    return render_template(
        "survey/manage/office.html",
        office=office,
        origin=settings().public_url,
        **_figures(counters, local_date(now())),
        rehearsed=count_rehearsed(db.session, office),
        level_label=labels.LEVEL,
        channel_label=labels.CHANNEL,
        print_form=PrintForm(None) if any(counter.is_open for counter in counters) else None,
        dead_now=dead_scans(db.session, counters, monday),
        dead_before=dead_scans(db.session, counters, monday - timedelta(weeks=1)),
    )


def _figures(counters: list[Counter], today: date) -> dict[str, object]:
    """What may be seen today of an office's counters, together and one by one."""
    cards = cards_by_counter(db.session, counters, today)
    written = comment_months(db.session, counters, today)
    new, page = new_counters(counters, today), paging(count_comments(written))
    return {
        "figures": figures_of(db.session, counters, today),
        "rows": [(counter, cards[counter.id], typed(address_of(keyring(), counter))) for counter in counters],
        "comments": list_comments(db.session, written, page.part),
        "page": page,
        "channels": cards_by_channel(db.session, counters, today),
        "new": new,
        "is_new": len(new) == len(counters),
    }


@blueprint.route("/<slug>/quay/them", methods=["GET", "POST"])
@requires("office.manage")
def new_counter(slug: str) -> tuple[str, int] | BaseResponse:
    """Add a counter; its address is made with it and lasts."""
    office, form = office_or_404(slug), CounterForm()
    if form.validate_on_submit():
        try:
            counter = operations.create_counter(
                db.session, office, number=form.number.data or 0, name=form.name.data, today=local_date(now())
            )
            audit(Action.COUNTER_CREATE, operations.counter_subject(counter), after={"name": counter.name})
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            form.number.errors = [_("Số quầy này đã có.")]
        else:
            flash(_("Đã thêm quầy. Hãy in tờ treo A4 và treo tại quầy."), "success")
            return redirect(url_for(".office", slug=slug))
    page = render_template("survey/manage/counter_form.html", form=form, office=office)
    return page, 422 if form.is_submitted() else 200


def way_to(slug: str) -> Way | None:
    """The page of an office of one's units, for whoever got lost below it."""
    office = find_office(db.session, slug, scope_of("office.see"))
    return Way(office.name, url_for("survey_manage.office", slug=slug)) if office else None


def office_or_404(slug: str) -> Office:
    """The office at *slug*, if it stands in one of one's units."""
    return find_office(db.session, slug, scope()) or abort(404)


def counter_or_404(slug: str, number: int) -> Counter:
    """A counter of such an office."""
    return find_counter_of(db.session, office_or_404(slug), number) or abort(404)
