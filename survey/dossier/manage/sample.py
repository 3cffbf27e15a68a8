"""Draw a sample of dossiers, show it, and send its list."""

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as BaseResponse

from account.views.current import actor
from commune.models import Office
from core.clock import now
from core.sheets.writing import csv_of
from core.web.access import requires
from core.web.downloads import csv
from core.web.extensions import db
from survey.counter.manage.office import blueprint, office_or_404
from survey.dossier.files.samples import sample_rows
from survey.dossier.forms import SampleForm
from survey.dossier.labels import DOSSIER_CHANNEL, STRATIFIED_BY
from survey.dossier.manage.period import period_words, periods_of
from survey.dossier.models import DossierSample
from survey.dossier.operations import NothingToDraw, SampleExists, draw_sample, new_seed, record_sample_export
from survey.dossier.queries import count_returned, find_sample, list_drawn
from survey.dossier.rules.period import DossierPeriod
from survey.dossier.rules.sample import PER_CENT, sample_size


@blueprint.route("/<slug>/ho-so/mau", methods=["GET", "POST"])
@requires("dossier.sample")
def draw_dossiers(slug: str) -> tuple[str, int] | BaseResponse:
    """Draw a sample of the dossiers returned in a period, after a page that says how."""
    office = office_or_404(slug)
    period, form = periods_of(office).chosen, SampleForm()
    if form.validate_on_submit():
        return _draw(office, period, form.stratified_by.data)
    population = count_returned(db.session, office, period)
    page = render_template(
        "survey/dossier/manage/draw.html",
        form=form,
        office=office,
        period=period,
        period_name=period_words(period),
        population=population,
        size=sample_size(population),
        margin=PER_CENT,
    )
    return page, 422 if form.is_submitted() else 200


def _draw(office: Office, period: DossierPeriod, stratified_by: str) -> BaseResponse:
    try:
        sample = draw_sample(
            db.session, actor(), office, period, stratified_by=stratified_by, seed=new_seed(), now=now()
        )
        db.session.commit()
    except NothingToDraw:
        flash(_("Kỳ này chưa có hồ sơ nào đã trả nên chưa rút mẫu được."), "warning")
        return redirect(url_for(".dossiers", slug=office.slug, ky=period.code))
    except SampleExists as drawn:
        flash(_("Danh sách này đã được rút mẫu theo cách ấy rồi; đây là mẫu đã rút."), "warning")
        return redirect(url_for(".dossier_sample", slug=office.slug, sample_id=drawn.sample.id))
    except IntegrityError:
        db.session.rollback()
        flash(_("Mẫu vừa được rút ở cửa sổ khác."), "warning")
        return redirect(url_for(".dossiers", slug=office.slug, ky=period.code))
    flash(_("Đã rút mẫu. Số mầm và cách rút được ghi lại, ai có danh sách cũng rút lại được đúng mẫu này."), "success")
    return redirect(url_for(".dossier_sample", slug=office.slug, sample_id=sample.id))


@blueprint.get("/<slug>/ho-so/mau/<int:sample_id>")
@requires("office.see")
def dossier_sample(slug: str, sample_id: int) -> str:
    """Show how a sample was drawn: its seed, and what each stratum had and gave."""
    office = office_or_404(slug)
    sample = sample_or_404(office, sample_id)
    return render_template(
        "survey/dossier/manage/sample.html",
        office=office,
        sample=sample,
        period_name=period_words(DossierPeriod(sample.first_day, sample.last_day)),
        stratified_by=STRATIFIED_BY[sample.stratified_by],
        channel_label=DOSSIER_CHANNEL,
        margin=PER_CENT,
    )


@blueprint.get("/<slug>/ho-so/mau/<int:sample_id>/danh-sach.csv")
@requires("dossier.sample")
def dossier_sample_rows(slug: str, sample_id: int) -> Response:
    """Send the drawn dossiers as a sheet; the download is recorded."""
    office = office_or_404(slug)
    sample = sample_or_404(office, sample_id)
    content = csv_of(sample_rows(list_drawn(db.session, sample)))
    record_sample_export(db.session, actor(), office, sample, now=now())
    db.session.commit()
    return csv(content, f"mau {sample.id} {office.slug}")


def sample_or_404(office: Office, sample_id: int) -> DossierSample:
    """Return a sample of *office*, else abort with 404."""
    return find_sample(db.session, office, sample_id) or abort(404)
