"""The staff's door: offices, counters, posters, figures and comments. A rating itself nobody can touch."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as BaseResponse

from commune.models import Office, Unit
from commune.queries import list_units
from core import qr
from core.clock import now
from core.forms import ActionForm
from core.values.text import free_slug
from core.values.week import local_date, monday_of
from core.web.access import requires, scope
from core.web.extensions import db, keyring, settings
from survey import labels, operations, queries
from survey.documents import LANGUAGES, poster_of, posters_pdf, printed_address
from survey.forms import CounterForm, OfficeForm, PrintForm, ReissueForm
from survey.models import Counter
from survey.rules.address import typed

blueprint = Blueprint("survey_manage", __name__, url_prefix="/quan-tri/danh-gia")


@blueprint.get("/")
@requires("office.see")
def offices() -> str:
    """The offices of one's units."""
    offices = queries.list_offices(db.session, scope())
    cards = queries.cards_by_office(db.session, offices, local_date(now()))
    rows = [(office, cards[office.id]) for office in offices]
    return render_template("survey/manage/offices.html", rows=rows)


@blueprint.route("/them", methods=["GET", "POST"])
@requires("office.manage")
def new_office() -> tuple[str, int] | BaseResponse:
    """Set an office up."""
    form = OfficeForm()
    units = list_units(db.session, scope(), local_date(now()))
    form.unit.offer((unit.id, unit.name) for unit in units)
    if form.validate_on_submit():
        unit = next(unit for unit in units if unit.id == form.unit.data)
        try:
            office = _create_office(unit, form)
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            form.name.errors = [_("Vừa có tên này. Xin bấm lần nữa.")]
        else:
            return redirect(url_for(".office", slug=office.slug))
    return render_template("survey/manage/office_form.html", form=form), 422 if form.is_submitted() else 200


def _create_office(unit: Unit, form: OfficeForm) -> Office:
    taken = {office.slug for office in queries.list_offices(db.session)} | {"them"}
    return operations.create_office(
        db.session, unit, slug=free_slug(form.name.data, taken), name=form.name.data, host=form.host.data,
        hotline=form.hotline.data or "",
    )  # fmt: skip


@blueprint.get("/<slug>")
@requires("office.see")
def office(slug: str) -> str:
    """An office: its figures, its counters and their posters, the comments that may be read."""
    office = _office_or_404(slug)
    counters = queries.list_counters(db.session, office)
    cards = queries.cards_by_counter(db.session, counters, local_date(now()))
    monday = monday_of(local_date(now()))
    return render_template(
        "survey/manage/office.html",
        office=office,
        figures=queries.figures_of(db.session, counters, local_date(now())),
        rows=[(counter, cards[counter.id], typed(queries.address_of(keyring(), counter))) for counter in counters],
        comments=queries.list_comments(db.session, counters, local_date(now())),
        level_label=labels.LEVEL,
        print_form=PrintForm(None) if any(counter.is_open for counter in counters) else None,
        dead_now=queries.dead_scans(db.session, counters, monday),
        dead_before=queries.dead_scans(db.session, counters, monday - timedelta(weeks=1)),
    )


@blueprint.route("/<slug>/quay/them", methods=["GET", "POST"])
@requires("office.manage")
def new_counter(slug: str) -> tuple[str, int] | BaseResponse:
    """Add a counter; its address is made with it and lasts."""
    office, form = _office_or_404(slug), CounterForm()
    if form.validate_on_submit():
        try:
            operations.create_counter(
                db.session, office, number=form.number.data or 0, name=form.name.data, today=local_date(now())
            )
            db.session.commit()
        except IntegrityError:
            db.session.rollback()
            form.number.errors = [_("Quầy số này đã có.")]
        else:
            flash(_("Đã thêm quầy. Hãy in tờ treo A4 và treo tại quầy."), "success")
            return redirect(url_for(".office", slug=slug))
    page = render_template("survey/manage/counter_form.html", form=form, office=office)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/<slug>/quay/<int:number>/ma-qr.svg")
@requires("office.see")
def qr_code(slug: str, number: int) -> Response:
    """A counter's QR code alone, for an office's own layout."""
    counter = _counter_or_404(slug, number)
    drawn = qr.svg(printed_address(keyring(), settings().public_url, counter), title=f"Quầy {counter.number}")
    return Response(drawn, mimetype="image/svg+xml")


@blueprint.get("/<slug>/quay/<int:number>/to-treo.pdf")
@requires("office.see")
def poster(slug: str, number: int) -> Response:
    """A counter's poster, of the kind and in the languages that the address asks for."""
    counter = _counter_or_404(slug, number)
    return _pdf([counter] if counter.is_open else [], f"quay-{number}-{slug}")


@blueprint.get("/<slug>/to-treo.pdf")
@requires("office.see")
def posters(slug: str) -> Response:
    """The posters of all the counters of an office in one file."""
    office = _office_or_404(slug)
    return _pdf(queries.list_open_counters(db.session, [office.id]), f"to-treo-{slug}")


def _pdf(counters: list[Counter], name: str) -> Response:
    """404 where there is nothing to print, 400 for a kind of sheet or a language that we don't have."""
    form = PrintForm(request.args)
    if not counters:
        abort(404)
    if not form.validate():
        abort(400)
    made = [poster_of(keyring(), settings().public_url, counter) for counter in counters]
    drawn = posters_pdf(made, form.kho.data, LANGUAGES.get(form.ngon_ngu.data))
    shown = f'inline; filename="{name}-{form.kho.data}.pdf"'
    return Response(drawn, mimetype="application/pdf", headers={"Content-Disposition": shown})


@blueprint.route("/<slug>/quay/<int:number>/thay-ma", methods=["GET", "POST"])
@requires("office.manage")
def reissue(slug: str, number: int) -> str | BaseResponse:
    """Give a counter a new code, once what that does has been read."""
    counter, form = _counter_or_404(slug, number), ReissueForm()
    if not form.validate_on_submit():
        form.replacing.data = counter.addresses[-1].revision
        return render_template("survey/manage/reissue.html", office=counter.office, counter=counter, form=form)
    try:
        operations.reissue_address(db.session, counter, local_date(now()), replacing=form.replacing.data)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        flash(_("Mã của Quầy %(number)s vừa được thay rồi, không thay thêm lần nữa.", number=number), "warning")
    else:
        flash(_("Đã thay mã của Quầy %(number)s. Hãy in tờ mới, treo lên và gỡ tờ cũ.", number=number), "success")
    return redirect(url_for(".office", slug=slug))


@blueprint.route("/<slug>/quay/<int:number>/dong", methods=["GET", "POST"])
@requires("office.manage")
def close_counter(slug: str, number: int) -> str | BaseResponse:
    """Close a counter, once what that does has been read."""
    counter, form = _counter_or_404(slug, number), ActionForm()
    if not form.validate_on_submit():
        return render_template("survey/manage/close.html", office=counter.office, counter=counter, form=form)
    operations.close_counter(counter, local_date(now()))
    db.session.commit()
    flash(_("Đã đóng Quầy %(number)s. Mở lại lúc nào cũng được.", number=number), "success")
    return redirect(url_for(".office", slug=slug))


@blueprint.post("/<slug>/quay/<int:number>/mo-lai")
@requires("office.manage")
def reopen_counter(slug: str, number: int) -> BaseResponse:
    """Undo the closing of a counter."""
    counter = _counter_or_404(slug, number)
    if ActionForm().validate_on_submit():
        operations.reopen_counter(counter)
        db.session.commit()
        flash(_("Quầy %(number)s nhận đánh giá trở lại.", number=number), "success")
    return redirect(url_for(".office", slug=slug))


def _office_or_404(slug: str) -> Office:
    return queries.find_office(db.session, slug, scope()) or abort(404)


def _counter_or_404(slug: str, number: int) -> Counter:
    return queries.find_counter_of(db.session, _office_or_404(slug), number) or abort(404)
