"""Download posters and QR codes, and replace the code of a counter."""

from collections.abc import Collection

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as BaseResponse

from account.views.current import actor
from commune.queries import list_units_below
from commune.queries.units import list_places
from core import qr
from core.clock import now
from core.instance import remember_address
from core.values.kept import kept
from core.values.numbers import thousands
from core.values.text import N_
from core.values.week import local_date
from core.web.access import requires, scope
from core.web.extensions import db, keyring, settings
from core.web.forms import options
from core.web.jobs import start_job
from survey.counter.documents import LANGUAGES, posters_of, posters_pdf, printed_address
from survey.counter.forms import BulkPrintForm, PrintForm, ReissueForm
from survey.counter.jobs import POSTERS
from survey.counter.labels import SHEET
from survey.counter.manage.office import blueprint, counter_or_404, office_or_404
from survey.counter.models import Counter
from survey.counter.operations.counters import AlreadyReissued, reissue_address
from survey.counter.queries.counters import list_open_counters, list_printing_offices

EVERYWHERE = "all"
_TITLE = kept(N_("%(sheet)s của %(n)s cơ quan"))
"""The title of the job."""


@blueprint.get("/<slug>/quay/<int:number>/ma-qr.svg")
@requires("office.see")
def qr_code(slug: str, number: int) -> Response:
    """Send a counter's QR code alone, for an office's own layout."""
    counter = counter_or_404(slug, number)
    drawn = qr.svg(
        printed_address(keyring(), settings().public_url, counter), title=_("Quầy %(number)s", number=counter.number)
    )
    return Response(drawn, mimetype="image/svg+xml")


@blueprint.get("/<slug>/quay/<int:number>/to-treo.pdf")
@requires("office.see")
def poster(slug: str, number: int) -> Response:
    """Send a counter's poster, of the kind and in the languages that the query names."""
    counter = counter_or_404(slug, number)
    return _pdf([counter] if counter.is_open else [], f"quay-{number}-{slug}")


@blueprint.get("/<slug>/to-treo.pdf")
@requires("office.see")
def posters(slug: str) -> Response:
    """Send the posters of all open counters of an office in one file."""
    office = office_or_404(slug)
    return _pdf(list_open_counters(db.session, [office.id]), f"to-treo-{slug}")


def _pdf(counters: list[Counter], name: str) -> Response:
    """Return the posters of *counters* as a PDF; 404 without counters, 400 for an unknown sheet or language."""
    form = PrintForm(request.args)
    if not counters:
        abort(404)
    if not form.validate():
        abort(400)
    made = posters_of(db.session, keyring(), settings().public_url, counters)
    drawn = posters_pdf(made, form.kho.data, LANGUAGES.get(form.ngon_ngu.data))
    if remember_address(db.session, settings()):
        db.session.commit()
    shown = f'inline; filename="{name}-{form.kho.data}.pdf"'
    return Response(drawn, mimetype="application/pdf", headers={"Content-Disposition": shown})


@blueprint.route("/to-treo", methods=["GET", "POST"])
@requires("office.see")
def bulk_posters() -> tuple[str, int] | BaseResponse:
    """Enqueue the drawing of the posters of many offices into one archive."""
    form, places = BulkPrintForm(), list_places(db.session, scope(), local_date(now()))
    form.unit.choices = options(
        [(EVERYWHERE, _("Mọi cơ quan tôi được xem")), *((unit.id, unit.label) for unit in places)]
    )
    if form.validate_on_submit():
        ids = list_printing_offices(db.session, _within(form.unit.data), find=form.find.data or "")
        if ids:
            return _draw(form, ids, _within(form.unit.data))
        form.find.errors = [_("Ở đây không có cơ quan nào có quầy đang mở. Xin thử tên khác, hoặc bỏ trống.")]
    page = render_template("survey/counter/manage/bulk_posters.html", form=form, has_mail=bool(settings().mail_url))
    return page, 422 if form.is_submitted() else 200


def _within(unit: str) -> frozenset[int]:
    """Return the ids of the chosen unit and those below it, within the account's units."""
    return scope() if unit == EVERYWHERE else scope() & list_units_below(db.session, frozenset({int(unit)}))


def _draw(form: BulkPrintForm, ids: list[int], units: Collection[int]) -> BaseResponse:
    shown = SHEET[form.sheet.data]
    payload = {"offices": ids, "sheet": form.sheet.data, "language": form.language.data}
    title = _TITLE % {"sheet": shown, "n": thousands(len(ids))}
    tell = current_user.account.email if form.tell.data else ""
    needs, back = ("office.see", units), url_for(".bulk_posters")
    return start_job(POSTERS, title, needs=needs, unit_id=None, payload=payload, back=back, notify=tell)


@blueprint.route("/<slug>/quay/<int:number>/thay-ma", methods=["GET", "POST"])
@requires("office.manage")
def reissue(slug: str, number: int) -> str | BaseResponse:
    """Replace the code of a counter, after a page that explains the effect."""
    counter, form = counter_or_404(slug, number), ReissueForm()
    if not form.validate_on_submit():
        form.replacing.data = counter.addresses[-1].revision
        return render_template("survey/counter/manage/reissue.html", office=counter.office, counter=counter, form=form)
    try:
        reissue_address(db.session, actor(), counter, replacing=form.replacing.data, now=now())
        db.session.commit()
    except (AlreadyReissued, IntegrityError):
        db.session.rollback()
        flash(_("Mã của Quầy %(number)s vừa được thay rồi, không thay thêm lần nữa.", number=number), "warning")
    else:
        flash(_("Đã thay mã của Quầy %(number)s. Hãy in tờ mới, treo lên và gỡ tờ cũ.", number=number), "success")
    return redirect(url_for(".counters", slug=slug))
