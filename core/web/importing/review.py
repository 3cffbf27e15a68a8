"""The review of an uploaded sheet: the recognised columns, the questions, and the effect of the import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, RadioField

from core.importing.kind import REPLACE, Choices, ImportPlan
from core.importing.session import ImportSession
from core.sheets.cells import SheetError
from core.values.language import DEFAULT, use
from core.values.text import N_
from core.web.forms import options
from core.web.importing.decisions import SpellingQuestion, answers_of, questions_of
from core.web.importing.mapping import MappingForm, mapping_form

MODES = (("add", N_("Thêm vào danh sách đang có")), (REPLACE, N_("Thay cả danh sách đang có")))
OptionFields = Callable[[Mapping[str, Any]], dict[str, Field]]
"""The earlier choices of a draft → the form fields of the kind's own questions, by name."""


@dataclass
class Review:
    """One sheet under review: its import, its form, and the result of the dry run."""

    session: ImportSession[Any]
    form: MappingForm
    options: tuple[str, ...]
    questions: list[SpellingQuestion] = field(default_factory=list)
    plan: ImportPlan[Any] | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether the page shows an error to correct."""
        return self.plan is None or bool(self.form.errors) or any(each.other.errors for each in self.questions)

    @property
    def choices(self) -> Choices:
        """Return the choices of the form; decisions that the page does not show are kept."""
        draft, form = self.session.draft, self.form
        shown = {question.doubt.key for question in self.questions}
        kept = {key: chosen for key, chosen in self.session.decided.items() if key not in shown}
        return Choices(
            places=form.places,
            options={name: _plain(form[name].data) for name in self.options},
            decisions=kept | answers_of(self.questions),
            skip_errors=bool(form.skip_errors.data),
            batch=draft.id.hex if draft else "",
        )

    def look(self, *, is_sound: bool) -> None:
        """Make the dry run. If the form is not *is_sound*, only find the questions, with the earlier meanings of the
        columns, so
        that the picked options stay.
        """
        session, words = self.session, self.session.kind.decisions
        rows = None
        if is_sound:
            session.choose(self.choices)
            rows = self._rows()
        if words is not None:
            known = rows if rows is not None else self._rows_as_before()
            if known is None:
                return
            self.questions = questions_of(session.kind.doubts(known), session.decided, words)
        if rows is not None:
            session.choose(self.choices)
            self.plan = session.plan(rows)

    def _rows(self) -> Any:
        """Return the rows by the chosen meanings; None with an error above the columns if they can't be read."""
        try:
            return self.session.rows()
        except SheetError as error:
            self.form.form_errors.append(str(error))
            return None

    def _rows_as_before(self) -> Any:
        try:
            return self.session.rows_as_before()
        except SheetError:
            return None

    def may_import(self) -> bool:
        """Whether the import can start; else set the errors that the page shows."""
        form, words = self.form, self.session.kind.decisions
        if self.plan is None:
            return False
        report = self.plan.report
        if report.doubts and words is not None:
            form.form_errors.append(_(words.undecided, n=len(report.doubts)))
        return form.may_leave_out(len(report.errors)) and not report.doubts

    def done(self, count: str) -> str:
        """Return the sentence with the number of imported rows."""
        kind = self.session.kind
        return str(_(kind.words.done, **kind.facts(), n=count))

    def job_title(self) -> str:
        """Return the title of the background job, which is stored in Vietnamese."""
        kind = self.session.kind
        with use(DEFAULT):
            return kind.words.job % kind.facts()


def review_of(session: ImportSession[Any], fields: OptionFields | None) -> Review:
    """Return the review of an opened sheet, its form filled with sent, earlier or remembered choices."""
    chosen = session.draft.choices if session.draft else {}
    more = {**(mode_field(chosen) if session.kind.can_replace else {}), **(fields(chosen) if fields else {})}
    columns = session.kind.columns()
    form = mapping_form(columns, session.sheet.header, session.sheet.samples(), session.places, **more)
    return Review(session, form, tuple(more))


def mode_field(chosen: Mapping[str, Any]) -> dict[str, Field]:
    """Return the field for adding the sheet to the stored rows or replacing them."""
    return {"mode": RadioField(N_("Dùng bảng này để"), choices=options(MODES), default=chosen.get("mode", "add"))}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
