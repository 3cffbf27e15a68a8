"""The pages of an import: upload, template, review, report. A room adds them to its blueprint for each kind of sheet.

Every address begins with that of the upload page, whose parameters name the target.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from core import clock
from core.importing.errors import CannotImport, ImportBusy, ImportRefused
from core.importing.job import payload_of
from core.importing.kind import REPLACE, ImportContext, ImportPlan, SheetKind, T
from core.importing.session import ImportSession, Kind, find_session, keep_sheet
from core.importing.words import say
from core.sheets import memory
from core.sheets.cells import SheetError
from core.sheets.writing import report_xlsx
from core.values.numbers import thousands
from core.web.access import requires
from core.web.downloads import xlsx
from core.web.extensions import db, keyring
from core.web.forms import SheetForm
from core.web.importing.review import OptionFields, Review, review_of
from core.web.jobs import owner, start_job
from core.web.language import kept_in
from core.web.uploads import takes_sheet

ROWS_IN_A_PAGE = 2000
"""The largest number of rows stored during a request; a larger sheet becomes a job."""
SHOWN_ROWS = 50
"""The number of rows that a page lists; the report to download has all."""

Page = tuple[str, int] | Response


@dataclass(frozen=True)
class Back:
    """The link back from the pages of an import: an address and its words."""

    address: str
    words: str


@dataclass(frozen=True)
class Visit(Generic[T]):
    """A request to a page of an import: the parameters of its address, the kind for its target, its draft."""

    where: dict[str, Any]
    kind: SheetKind[T, Any, Any, Any]
    draft_id: uuid.UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ImportPages(Generic[T]):
    """The pages for one kind of sheet. Its room also names the kind in its manifest, for the background job.

    Attributes:
        kind: the kind.
        permission: the permission that all its pages need.
        find: the target by the parameters of the address; 404 for one of a foreign unit.
        back: the link back from the pages.
        options: fields for the kind's own questions, beside a template that shows them (`form`, `report`).
        prefix: of the endpoints, if a blueprint has pages of several kinds.
        hold: returns the answer when the import must wait for a second person; None when it may be stored now.
    """

    kind: Kind[T]
    permission: str
    find: Callable[..., T]
    back: Callable[[T], Back]
    options: OptionFields | None = None
    options_template: str = ""
    prefix: str = ""
    hold: Callable[[ImportSession[T], ImportPlan[Any]], Page | None] | None = None

    def add_to(self, blueprint: Blueprint, rule: str) -> None:
        """Add the pages below *rule*."""
        pages: tuple[tuple[str, str, Callable[[Visit[T]], Any], list[str]], ...] = (
            ("", "upload", self._upload, ["GET", "POST"]),
            ("/mau.xlsx", "import_template", self._template, ["GET"]),
            ("/<uuid:draft_id>", "review", self._review, ["GET", "POST"]),
            ("/<uuid:draft_id>/bao-cao.xlsx", "import_report", self._report, ["GET"]),
        )
        for path, name, body, methods in pages:
            view = requires(self.permission)(partial(self._view, body))
            marked = takes_sheet(view) if name == "upload" else view
            blueprint.add_url_rule(rule + path, self.prefix + name, marked, methods=methods)

    def _view(self, body: Callable[[Visit[T]], Any], *, draft_id: uuid.UUID | None = None, **where: Any) -> Any:
        """Answer with *body*; if the target takes no sheet, redirect to the page before with the reason."""
        target = self.find(**where)
        kind = self.kind(ImportContext(db.session, keyring(), target, clock.now()))
        try:
            return body(Visit(where, kind, draft_id))
        except CannotImport as refusal:
            db.session.rollback()
            flash(kind.why_not(refusal), "error")
            return redirect(self.back(target).address)

    def _upload(self, visit: Visit[T]) -> Page:
        """Keep an uploaded sheet, encrypted, until it is imported or dropped."""
        visit.kind.check()
        form = SheetForm()
        if form.validate_on_submit():
            try:
                id = keep_sheet(self.kind, visit.kind.context, form.sheet.data.read(), form.sheet.data.filename or "")
            except SheetError as error:
                form.sheet.errors = [str(error)]
            else:
                db.session.commit()
                return redirect(self._to("review", visit, draft_id=id))
        page = self._render("core/importing/upload.html", visit, form=form)
        return page, 422 if form.is_submitted() else 200

    def _template(self, visit: Visit[T]) -> Response:
        """Send the workbook to fill in."""
        visit.kind.check()
        content = visit.kind.template(next(iter(request.args), ""))
        return xlsx(content, say(visit.kind.words.template_file, visit.kind.facts()))

    def _report(self, visit: Visit[T]) -> Response:
        """Send all findings as a workbook."""
        review = self._reviewed(visit) or abort(404)
        review.look(is_sound=True)
        plan = review.plan or abort(404)
        return xlsx(report_xlsx(plan.report), say(visit.kind.words.report_file, visit.kind.facts()))

    def _reviewed(self, visit: Visit[T]) -> Review | None:
        """Return the review of the draft; None once it was imported or dropped."""
        draft_id = visit.draft_id or abort(404)
        session = find_session(self.kind, visit.kind.context, draft_id)
        if session is None:
            return None if memory.is_decided(db.session, draft_id) else abort(404)
        return review_of(session, self.options)

    def _review(self, visit: Visit[T]) -> Page:
        """Show the recognised columns and the effect of the import; import or drop the sheet."""
        review = self._reviewed(visit)
        if review is None:
            return self._gone(visit)
        form = review.form
        if form.wants_drop:
            return self._drop(visit, review)
        review.look(is_sound=form.validate() if form.is_submitted() else True)
        if form.is_submitted() and review.plan is not None:
            review.session.remember()
            if form.bring_in.data and review.may_import() and _is_shown(review):
                return self._import(visit, review)
            db.session.commit()
        page = self._render(
            "core/importing/review.html",
            visit,
            form=form,
            review=review,
            draft=review.session.draft,
            report=review.plan.report if review.plan else None,
            options=self.options_template,
            shown=SHOWN_ROWS,
        )
        return page, 422 if review.is_wrong else 200

    def _import(self, visit: Visit[T], review: Review) -> Page:
        session, plan = review.session, review.plan or abort(404)
        if self.hold is not None and (answer := self.hold(session, plan)) is not None:
            return answer
        if plan.report.new > ROWS_IN_A_PAGE:
            return self._start_job(review)
        try:
            stored = session.store(owner(), plan)
            db.session.commit()
        except (ImportRefused, ImportBusy, IntegrityError):
            db.session.rollback()
            return self._changed(visit)
        flash(review.done(thousands(stored)), "success")
        return redirect(self.back(visit.kind.target).address)

    def _gone(self, visit: Visit[T]) -> Response:
        """Answer for a draft that was imported or dropped, by a second tap or in another window."""
        flash(_("Bảng này đã được nhập hoặc đã hủy. Không có gì được nhập thêm."), "warning")
        return redirect(self.back(visit.kind.target).address)

    def _changed(self, visit: Visit[T]) -> Response:
        """Answer an import whose data changed since the page was shown."""
        if visit.draft_id and memory.is_decided(db.session, visit.draft_id):
            flash(_("Bảng này vừa được nhập ở cửa sổ khác."), "warning")
            return redirect(self.back(visit.kind.target).address)
        flash(_(self.kind.words.changed), "warning")
        return redirect(kept_in(request.path))

    def _start_job(self, review: Review) -> Response:
        session = review.session
        draft, unit_id = session.draft or abort(404), session.kind.unit_id()
        needs = (self.permission, [] if unit_id is None else [unit_id])
        return start_job(
            self.kind.job,
            review.job_title(),
            needs=needs,
            unit_id=unit_id,
            payload=payload_of(session),
            back=self.back(session.kind.target).address,
            dedupe=f"{self.kind.job}:{draft.id.hex}",
        )

    def _drop(self, visit: Visit[T], review: Review) -> Response:
        review.session.drop()
        db.session.commit()
        flash(_("Đã hủy. Chưa nhập gì từ bảng này."), "success")
        return redirect(self.back(visit.kind.target).address)

    def _to(self, name: str, visit: Visit[T], **more: Any) -> str:
        return url_for(f".{self.prefix}{name}", **{**visit.where, **more})

    def _render(self, template: str, visit: Visit[T], **words: Any) -> str:
        kind = visit.kind
        return render_template(
            template,
            words=kind.words,
            facts=kind.facts(),
            decisions=kind.decisions,
            back=self.back(kind.target),
            link=lambda name, **more: self._to(name, visit, **more),
            **words,
        )


def _is_shown(review: Review) -> bool:
    """Whether the sent page showed the present effect: what a replacement deletes is shown before it is done."""
    return not review.session.kind.replaces or request.form.get("bring_in") == REPLACE
