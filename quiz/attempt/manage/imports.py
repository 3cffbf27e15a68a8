"""Bringing a sheet of entries in: upload, look at what was understood, decide on units, and only then store."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from account.views.current import actor
from core import clock
from core.sheets import memory
from core.sheets.cells import SheetError
from core.sheets.memory import StoredSheet
from core.sheets.reading import read_content
from core.sheets.report import ImportReport
from core.sheets.writing import report_xlsx
from core.values.numbers import thousands
from core.values.week import local_date
from core.web.access import requires
from core.web.downloads import xlsx
from core.web.extensions import db, keyring
from core.web.forms import SheetForm
from core.web.jobs import start_job
from core.web.sheets import SHOWN_ROWS, MappingForm, mapping_form
from core.web.uploads import takes_sheet
from quiz.attempt.files import imports
from quiz.attempt.files.entries import Entries
from quiz.attempt.files.entry_report import about, make_report, spoken_doubts
from quiz.attempt.files.template import template_of
from quiz.attempt.forms.decisions import Question, answers_of, questions_of
from quiz.attempt.jobs import ENTRIES, ROWS_IN_A_PAGE
from quiz.attempt.operations.importing import (
    CannotImport,
    Refused,
    TooBusy,
    check_round,
    find_doubts,
    import_entries,
    plan_entries,
)
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round

Page = tuple[str, int] | BaseResponse


@dataclass
class Work:
    """One sheet being looked at: the draft, what is in it, what was said of it so far."""

    round: Round
    draft: StoredSheet
    desk: imports.Desk
    form: MappingForm
    entries: Entries | None = None
    questions: list[Question] = field(default_factory=list)
    report: ImportReport | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether something on the page is to be said again."""
        return bool(self.form.errors) or any(question.other.errors for question in self.questions)

    @property
    def decisions(self) -> dict[str, int]:
        """Spelling → unit, as decided for this draft: what the page asks goes by its answer, the rest is kept."""
        shown = {question.doubt.key for question in self.questions}
        kept: dict[str, int] = self.draft.choices.get("decisions") or {}
        return {key: unit_id for key, unit_id in kept.items() if key not in shown} | answers_of(self.questions)


@blueprint.errorhandler(CannotImport)
def cannot_import(refusal: CannotImport) -> BaseResponse:
    """The round takes no sheet (any more): back to it, saying why."""
    db.session.rollback()
    where = request.view_args or {}
    round = round_or_404(where["slug"], where["number"])
    flash(imports.why_not(round, refusal), "error")
    return _to_round(round)


@blueprint.route("/<slug>/tuan/<int:number>/nhap-bai", methods=["GET", "POST"])
@requires("contest.manage")
@takes_sheet
def upload(slug: str, number: int) -> Page:
    """Take a sheet in and keep it, sealed, until it is decided on."""
    round, form = round_or_404(slug, number), SheetForm()
    check_round(round, now=clock.now())
    if form.validate_on_submit():
        try:
            return _keep(round, form.sheet.data.read(), form.sheet.data.filename or "")
        except SheetError as error:
            form.sheet.errors = [str(error)]
    page = render_template("quiz/attempt/manage/import.html", form=form, round=round, contest=round.contest)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/<slug>/tuan/<int:number>/nhap-bai/mau.xlsx")
@requires("contest.manage")
def import_template(slug: str, number: int) -> Response:
    """The workbook to fill in: a column a question, or one of points."""
    round, has_score = round_or_404(slug, number), "diem" in request.args
    check_round(round, now=clock.now())
    units = list(imports.units_of(db.session, round).values())
    return xlsx(template_of(round, units, has_score=has_score), f"mau bai du thi tuan {number}")


@blueprint.route("/<slug>/tuan/<int:number>/nhap-bai/<uuid:draft_id>", methods=["GET", "POST"])
@requires("contest.manage")
def review(slug: str, number: int, draft_id: uuid.UUID) -> Page:
    """What the sheet was understood as, what would happen, and the buttons that make it happen."""
    work = _work(slug, number, draft_id)
    form = work.form
    if form.wants_drop:
        return _drop(work)
    is_sound = form.validate() if form.is_submitted() else True
    _look(work, is_sound=is_sound)
    if form.is_submitted() and work.report is not None:
        _remember(work)
        if form.bring_in.data and _may_go(work):
            return _bring_in(work)
        db.session.commit()
    return _page(work, 422 if work.report is None or work.is_wrong else 200)


@blueprint.get("/<slug>/tuan/<int:number>/nhap-bai/<uuid:draft_id>/bao-cao.xlsx")
@requires("contest.manage")
def import_report(slug: str, number: int, draft_id: uuid.UUID) -> Response:
    """Every finding, to be worked through beside the sheet."""
    work = _work(slug, number, draft_id)
    _look(work, is_sound=True)
    return xlsx(report_xlsx(work.report or abort(404)), f"bao cao nhap bai tuan {number}")


def _keep(round: Round, data: bytes, name: str) -> BaseResponse:
    imports.open_desk(db.session, round, lambda: read_content(data, name), now=clock.now())
    id = memory.keep_draft(
        db.session, keyring(), owner=imports.owner_of(round), purpose=_purpose(round), name=name, data=data,
        today=local_date(clock.now()),
    )  # fmt: skip
    db.session.commit()
    return redirect(url_for(".review", slug=round.contest.slug, number=round.number, draft_id=id))


def _purpose(round: Round) -> str:
    return f"{imports.PURPOSE}:{round.id}"


def _work(slug: str, number: int, draft_id: uuid.UUID) -> Work:
    round = round_or_404(slug, number)
    draft = memory.find_draft(
        db.session, keyring(), draft_id, owner=imports.owner_of(round), purpose=_purpose(round),
        today=local_date(clock.now()),
    ) or abort(404)  # fmt: skip
    desk = _open(round, draft)
    form = mapping_form(imports.columns_of(round), desk.header, desk.opened.samples(), desk.places)
    return Work(round, draft, desk, form)


def _open(round: Round, draft: StoredSheet) -> imports.Desk:
    return imports.open_desk(db.session, round, lambda: read_content(draft.data, draft.name), now=clock.now())


def _look(work: Work, *, is_sound: bool) -> None:
    """The dry run, with what was decided so far. When what was sent can't be used, no more than the questions, read as
    the columns were understood before: what was picked stays picked."""
    round, now = work.round, clock.now()
    work.entries = _read(work) if is_sound else None
    entries = work.entries or _read_as_before(work)
    if entries is None:
        return
    units = imports.units_of(db.session, round)
    doubts = find_doubts(db.session, keyring(), round, entries.sheet, now=now)
    work.questions = questions_of(
        spoken_doubts(round, doubts, units),
        {id: f"{unit.name} ({about(unit)})" for id, unit in units.items()},
        work.draft.choices.get("decisions") or {},
    )
    if work.entries is not None:
        plan = plan_entries(db.session, keyring(), round, entries.sheet, decisions=work.decisions, now=now)
        work.report = make_report(round, entries, plan, units)


def _read(work: Work) -> Entries | None:
    """The rows as the columns are said to mean; what cannot be read is told above the columns."""
    try:
        return work.desk.read(work.form.places)
    except SheetError as error:
        work.form.form_errors.append(str(error))
        return None


def _read_as_before(work: Work) -> Entries | None:
    try:
        return _open(work.round, work.draft).read()
    except SheetError:
        return None


def _remember(work: Work) -> None:
    """What was said holds for this draft, and for every sheet with these headers to come."""
    memory.choose(db.session, work.draft, decisions=work.decisions)
    memory.remember_mapping(
        db.session, owner=imports.owner_of(work.round), purpose=imports.PURPOSE, header=work.desk.header,
        places=work.form.places,
    )  # fmt: skip


def _may_go(work: Work) -> bool:
    """Whether nothing stands in the way; says what does."""
    report, form = work.report, work.form
    if report is None:
        return False
    if report.doubts:
        form.form_errors.append(_("Còn %(n)s cách ghi đơn vị chưa xác định.", n=len(report.doubts)))
    return form.may_leave_out(len(report.errors)) and not report.doubts


def _bring_in(work: Work) -> BaseResponse:
    round, entries = work.round, work.entries or abort(404)
    if work.report is not None and work.report.new > ROWS_IN_A_PAGE:
        return _as_a_job(work)
    try:
        plan = import_entries(
            db.session, keyring(), actor(), round, entries.sheet, decisions=work.decisions,
            skip_errors=work.form.skip_errors.data, now=clock.now(),
        )  # fmt: skip
        memory.drop_draft(db.session, work.draft.id)
        db.session.commit()
    except (Refused, TooBusy):
        db.session.rollback()
        if memory.is_decided(db.session, work.draft.id):
            flash(_("Bảng này vừa được nhập ở cửa sổ khác."), "warning")
            return _to_round(round)
        flash(_("Có người vừa đăng ký hoặc nộp bài cùng lúc. Xin xem lại rồi bấm Nhập lần nữa."), "warning")
        return redirect(request.path)
    flash(_("Đã nhập %(n)s lượt dự thi vào tuần %(number)s.", n=thousands(plan.new), number=round.number), "success")
    return _to_round(round)


def _as_a_job(work: Work) -> BaseResponse:
    round = work.round
    payload = {
        "round": round.id, "draft": work.draft.id.hex, "owner": imports.owner_of(round), "places": work.form.places,
        "decisions": work.decisions, "skip_errors": bool(work.form.skip_errors.data),
    }  # fmt: skip
    title = _("Nhập bài dự thi vào tuần %(number)s, %(contest)s", number=round.number, contest=round.contest.title)
    needs, dedupe = ("contest.manage", [round.contest.unit_id]), f"{ENTRIES}:{work.draft.id.hex}"
    return start_job(ENTRIES, title, needs=needs, unit_id=round.contest.unit_id, payload=payload, dedupe=dedupe)


def _drop(work: Work) -> BaseResponse:
    memory.drop_draft(db.session, work.draft.id)
    db.session.commit()
    flash(_("Đã hủy. Chưa nhập gì từ bảng này."), "success")
    return _to_round(work.round)


def _to_round(round: Round) -> BaseResponse:
    return redirect(url_for(".round", slug=round.contest.slug, number=round.number))


def _page(work: Work, status: int) -> tuple[str, int]:
    words = {"round": work.round, "contest": work.round.contest, "draft": work.draft, "form": work.form}
    page = render_template(
        "quiz/attempt/manage/import_review.html",
        **words,
        questions=work.questions,
        report=work.report,
        shown=SHOWN_ROWS,
    )
    return page, status
