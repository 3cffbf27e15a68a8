"""Import a sheet of ratings: upload, review what was understood, decide, store."""

import uuid
from dataclasses import dataclass
from datetime import date

from flask import Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response as BaseResponse
from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import InputRequired, Optional

from account.views.current import actor
from core.clock import now
from core.sheets import memory
from core.sheets.cells import SheetError
from core.sheets.columns import Grid
from core.sheets.memory import StoredSheet
from core.sheets.reading import read_content
from core.sheets.writing import report_xlsx
from core.values.text import N_
from core.values.week import local_date
from core.web.access import requires
from core.web.downloads import xlsx
from core.web.extensions import db, keyring
from core.web.forms import SheetForm, options
from core.web.jobs import start_job
from core.web.sheets import SHOWN_ROWS, MappingForm, mapping_form
from core.web.uploads import takes_sheet
from survey.counter.manage.office import blueprint, counter_or_404
from survey.counter.models import Counter
from survey.rating.files import imports
from survey.rating.files.columns import COLUMNS, IMPORTED
from survey.rating.files.ratings import Defaults
from survey.rating.jobs import RATINGS, ROWS_IN_A_PAGE
from survey.rating.labels import CHANNEL
from survey.rating.operations.many import import_ratings
from survey.rating.rules.channels import Channel

Page = tuple[str, int] | BaseResponse


@dataclass(frozen=True)
class Desk:
    """A sheet under review: its counter, the upload, its content, and the form that maps its columns."""

    counter: Counter
    draft: StoredSheet
    grid: Grid
    form: MappingForm

    @property
    def owner(self) -> str:
        """The owner under whom the mapping of columns is remembered."""
        return owner_of(self.counter)

    @property
    def defaults(self) -> Defaults:
        """The channel, day and batch of rows that do not state them."""
        day = self.form["day"].data
        batch = self.draft.id.hex if self.form["other_forms"].data else ""
        return Defaults(self.counter.number, local_date(now()), Channel(self.form["channel"].data), day, batch)


def owner_of(counter: Counter) -> str:
    """Return the owner under whom mappings of columns are remembered: the office's unit."""
    return f"unit:{counter.office.unit_id}"


@blueprint.route("/<slug>/quay/<int:number>/nhap", methods=["GET", "POST"])
@requires("rating.import")
@takes_sheet
def upload(slug: str, number: int) -> Page:
    """Upload a sheet and keep it encrypted until it is imported or dropped."""
    counter, form = counter_or_404(slug, number), SheetForm()
    if form.validate_on_submit():
        file = form.sheet.data
        try:
            data = file.read()
            imports.open_sheet(read_content(data, file.filename or ""))
        except SheetError as error:
            form.sheet.errors = [str(error)]
        else:
            id = memory.keep_draft(
                db.session, keyring(), owner=owner_of(counter), purpose=_purpose(counter), name=file.filename or "",
                data=data, today=local_date(now()),
            )  # fmt: skip
            db.session.commit()
            return redirect(url_for(".review", slug=slug, number=number, draft_id=id))
    page = render_template("survey/rating/manage/import.html", form=form, counter=counter, office=counter.office)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/<slug>/quay/<int:number>/nhap/mau.xlsx")
@requires("rating.import")
def import_template(slug: str, number: int) -> Response:
    """The workbook to fill in."""
    counter = counter_or_404(slug, number)
    return xlsx(imports.template(), f"mau phieu danh gia quay {counter.number}")


@blueprint.route("/<slug>/quay/<int:number>/nhap/<uuid:draft_id>", methods=["GET", "POST"])
@requires("rating.import")
def review(slug: str, number: int, draft_id: uuid.UUID) -> Page:
    """Review what the sheet was understood as and what its import would do; import or drop it."""
    desk = _desk(slug, number, draft_id)
    if desk.form.wants_drop:
        return _drop(desk)
    if desk.form.is_submitted() and not desk.form.validate():
        return _page(desk, None, 422)
    planned = _plan(desk)
    if desk.form.is_submitted():
        _remember(desk)
        if desk.form.bring_in.data and planned and desk.form.may_leave_out(len(planned.report.errors)):
            return _bring_in(desk, planned)
        db.session.commit()
    return _page(desk, planned, 200 if planned is not None and not desk.form.errors else 422)


@blueprint.get("/<slug>/quay/<int:number>/nhap/<uuid:draft_id>/bao-cao.xlsx")
@requires("rating.import")
def import_report(slug: str, number: int, draft_id: uuid.UUID) -> Response:
    """Download every finding, to be worked through beside the sheet."""
    planned = _plan(_desk(slug, number, draft_id)) or abort(404)
    return xlsx(report_xlsx(planned.report), f"bao cao nhap phieu quay {number}")


def _purpose(counter: Counter) -> str:
    return f"{imports.PURPOSE}:{counter.id}"


def _desk(slug: str, number: int, draft_id: uuid.UUID) -> Desk:
    counter = counter_or_404(slug, number)
    draft = memory.find_draft(
        db.session, keyring(), draft_id, owner=owner_of(counter), purpose=_purpose(counter), today=local_date(now())
    ) or abort(404)
    grid = imports.open_sheet(read_content(draft.data, draft.name))
    kept = memory.find_mapping(db.session, owner=owner_of(counter), purpose=imports.PURPOSE, header=grid.header)
    form = mapping_form(
        COLUMNS, grid.header, [grid.sample(place) for place in range(len(grid.header))], kept or grid.places,
        channel=SelectField(
            N_("Kênh của các phiếu không ghi kênh"),
            choices=options((each.value, CHANNEL[each]) for each in IMPORTED),
            default=draft.choices.get("channel", Channel.PAPER.value), validators=[InputRequired()],
        ),
        day=DateField(
            N_("Ngày của các phiếu không ghi ngày"), format="%Y-%m-%d", validators=[Optional()],
            default=lambda: _date(draft.choices.get("day")),
        ),
        other_forms=BooleanField(
            N_("Các dòng trùng là phiếu khác, không phải bảng cũ: nhập cả những dòng này"),
            default=bool(draft.choices.get("other_forms")),
        ),
    )  # fmt: skip
    return Desk(counter, draft, grid, form)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _plan(desk: Desk) -> imports.Plan | None:
    """Return the dry run; None when the mapping leaves out a required column."""
    places = desk.form.places
    try:
        return imports.plan(db.session, keyring(), desk.counter, desk.grid, places, desk.defaults)
    except SheetError as error:
        desk.form.form_errors.append(str(error))
        return None


def _remember(desk: Desk) -> None:
    """Keep the choices for this draft and the mapping for later sheets with the same headers."""
    form, day = desk.form, desk.form["day"].data
    memory.choose(
        db.session, desk.draft, channel=form["channel"].data, day=day.isoformat() if day else None,
        other_forms=bool(form["other_forms"].data),
    )  # fmt: skip
    memory.remember_mapping(
        db.session, owner=desk.owner, purpose=imports.PURPOSE, header=desk.grid.header, places=form.places
    )


def _bring_in(desk: Desk, planned: imports.Plan) -> BaseResponse:
    counter = desk.counter
    if planned.report.new > ROWS_IN_A_PAGE:
        return _as_a_job(desk)
    try:
        sheet = imports.sheet_of(counter, planned, desk.draft.id)
        import_ratings(db.session, actor(), keyring(), counter, sheet, now=now())
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        if memory.is_decided(db.session, desk.draft.id):
            flash(_("Bảng này vừa được nhập ở cửa sổ khác."), "warning")
            return redirect(url_for(".office", slug=counter.office.slug))
        flash(_("Bảng này vừa được nhập ở nơi khác. Xin xem lại rồi bấm Nhập lần nữa."), "warning")
        return redirect(url_for(".review", slug=counter.office.slug, number=counter.number, draft_id=desk.draft.id))
    told = _("Đã nhập %(n)s lượt đánh giá vào quầy %(number)s.", n=planned.report.new, number=counter.number)
    flash(told, "success")
    return redirect(url_for(".office", slug=counter.office.slug))


def _as_a_job(desk: Desk) -> BaseResponse:
    counter, said = desk.counter, desk.defaults
    payload = {
        "counter": counter.id, "draft": desk.draft.id.hex, "owner": desk.owner, "places": desk.form.places,
        "channel": said.channel.value, "day": said.day.isoformat() if said.day else "", "batch": said.batch,
        "skip_errors": bool(desk.form.skip_errors.data),
    }  # fmt: skip
    title = _("Nhập phiếu đánh giá vào quầy %(number)s, %(office)s", number=counter.number, office=counter.office.name)
    needs, dedupe = ("rating.import", [counter.office.unit_id]), f"{RATINGS}:{desk.draft.id.hex}"
    return start_job(RATINGS, title, needs=needs, unit_id=counter.office.unit_id, payload=payload, dedupe=dedupe)


def _drop(desk: Desk) -> BaseResponse:
    memory.drop_draft(db.session, desk.draft.id)
    db.session.commit()
    flash(_("Đã hủy. Chưa nhập gì từ bảng này."), "success")
    return redirect(url_for(".office", slug=desk.counter.office.slug))


def _page(desk: Desk, planned: imports.Plan | None, status: int) -> tuple[str, int]:
    page = render_template(
        "survey/rating/manage/import_review.html",
        counter=desk.counter,
        office=desk.counter.office,
        draft=desk.draft,
        form=desk.form,
        report=planned.report if planned else None,
        shown=SHOWN_ROWS,
    )
    return page, status
