"""The sheet of papers as a kind of import: from its rows to the attempts and entries of a round."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.audit import actor_of
from commune.files.spellings import decision_list
from commune.models import Unit
from commune.rules.unit_match import NO_UNIT, spelling_key
from core.importing.errors import CannotImport, ImportRefused
from core.importing.kind import DecisionList, ImportPlan, Opener, SheetKind
from core.sheets.cells import SheetError, quoted
from core.sheets.columns import SheetColumn
from core.translation import gettext
from core.values.dates import moment
from core.values.text import N_, search_key
from quiz.attempt.files import mapping
from quiz.attempt.files.columns import Meaning
from quiz.attempt.files.entries import Asked, Entries, Opened, open_entries, read_entries, recognised_places
from quiz.attempt.files.entry_report import make_report
from quiz.attempt.files.template import template_of
from quiz.attempt.labels import IMPORT
from quiz.attempt.operations.importing import (
    DrawnPapers,
    NoQuestions,
    NotOpenYet,
    TakesNoPapers,
    check_round,
    find_doubts,
    import_entries,
    plan_entries,
)
from quiz.attempt.rules.sheet_turns import SheetTurns
from quiz.contest.labels import CONTEST_UNIT_DECISION
from quiz.contest.labels.rounds import round_name, round_words
from quiz.contest.models import Round
from quiz.contest.queries import list_contest_units

PURPOSE = "quiz-entries"
APPROVAL = "approval"
"""The option that names the second person's approval of an import."""
LEFT_OUT = "bo"
"""The text in place of a unit's code at the terminal: the spelling names no unit of the contest."""
_CLOSED = N_("%(round)s đã chốt nên không nhập thêm bài được; có sai sót thì làm bản đính chính.")
_DRAWN = N_(
    "%(round)s rút câu hỏi riêng cho mỗi lượt thi nên không nhập bài từ bảng tính được: bảng tính chỉ ghi "
    "được một đề chung."
)
_NOT_OPEN = N_("%(round)s chưa mở (mở lúc %(opens)s); chưa có bài nào để nhập.")
_NO_PAPERS = N_(
    "Cuộc thi còn là bản nháp hoặc đã hủy nên chưa nhập bài được. Bản nháp thì hãy công khai cuộc thi trước."
)
_NO_QUESTIONS = N_("%(round)s chưa có câu hỏi; xin soạn câu hỏi rồi mới nhập bài.")
_NOT_SAID = N_(
    "Quyết định “%(said)s” chưa đúng: xin ghi như “Xuân Lập=02242”, dùng mã hoặc số của đơn vị dự thi, hoặc “Hà "
    "Nội=bo”."
)
_NO_SUCH_UNIT = N_("Cuộc thi không có đơn vị nào mang mã hoặc số %(cell)s; các đơn vị: %(units)s.")
_UNITS_SHOWN = 12


class PaperSheets(SheetKind[Round, Opened, Entries, SheetTurns]):
    """Sheets of papers of one round; spellings of units are decided."""

    purpose = PURPOSE
    job = "quiz.entries"
    words = IMPORT
    model = Round
    decisions = CONTEST_UNIT_DECISION

    def unit_id(self) -> int:
        """Return the unit that holds the contest."""
        return self.target.contest.unit_id

    def facts(self) -> Mapping[str, object]:
        """Return the facts of a round that the words name."""
        return {"number": self.target.number, "round": round_words(self.target), "contest": self.target.contest.title}

    def check(self) -> None:
        """Raise CannotImport while the round takes no papers."""
        check_round(self.target, now=self.context.now)

    def why_not(self, refusal: CannotImport) -> str:
        """Return the reason why the round takes no papers, with the remedy."""
        return why_not(self.target, refusal)

    def columns(self) -> list[SheetColumn]:
        """Return the columns, with one for each question of the round."""
        return columns_of(self.target)

    def template(self, variant: str) -> bytes:
        """Return the workbook to fill in: a column for each question, or with the variant `diem` one of points."""
        units = list(self._units().values())
        return template_of(self.target, units, has_score=variant == "diem")

    def open(self, read: Opener) -> Opened:
        """Return the first sheet that names people and results."""
        opened = open_entries(read)
        return replace(opened, places=recognised_places(opened, asked_of(self.target)))

    def read(self, sheet: Opened) -> Entries:
        """Return the papers, marked by the round's own questions; raises SheetError."""
        chosen = self.context.choices.places
        return read_entries(sheet, asked_of(self.target), None if chosen == sheet.places else chosen)

    def doubts(self, rows: Entries) -> DecisionList:
        """Return the spellings of units that are doubtful or were decided before, and the contest's units."""
        context = self.context
        doubts = find_doubts(context.session, context.keyring, self.target, rows.sheet, now=context.now)
        return decision_list(doubts, self._units())

    def plan(self, rows: Entries) -> ImportPlan[SheetTurns]:
        """Return the effect of importing the papers."""
        context, decisions = self.context, self.context.choices.decisions
        plan = plan_entries(
            context.session, context.keyring, self.target, rows.sheet, decisions=decisions, now=context.now
        )
        return ImportPlan(make_report(self.target, rows, plan, self._units()), rows.sheet)

    def store(self, owner: str, plan: ImportPlan[SheetTurns]) -> int:
        """Store the papers as `import_entries` does, which plans again under its lock.

        Raises:
            ImportRefused: an approval was for another number of papers.
        """
        context, chosen = self.context, self.context.choices
        approval = self._approval()
        if approval is not None and plan.report.new != approval.details["new"]:
            raise ImportRefused
        done = import_entries(
            context.session,
            context.keyring,
            actor_of(owner),
            self.target,
            plan.values,
            decisions=chosen.decisions,
            skip_errors=chosen.skip_errors,
            now=context.now,
            on_progress=context.on_progress,
            approval=approval,
        )
        return done.new

    def _approval(self) -> Approval | None:
        id = self.context.choices.options.get(APPROVAL)
        return self.context.session.get_one(Approval, uuid.UUID(id)) if id else None

    def _units(self) -> dict[int, Unit]:
        return units_of(self.context.session, self.target)


def asked_of(round: Round) -> Asked:
    """Return the data of *round* for reading a sheet."""
    return Asked(
        has_blocs=bool(round.contest.blocs),
        keys=[question.key for question in round.questions],
        choices=[{choice.letter: choice.text for choice in question.choices} for question in round.questions],
        rules=round.declared,
    )


def columns_of(round: Round) -> list[SheetColumn]:
    """Return the possible columns of a sheet for *round*, as the form shows them."""
    return [
        SheetColumn(name=meaning, title=mapping.title_of(meaning), words=(), is_required=meaning == Meaning.NAME)
        for meaning in mapping.meanings(len(round.questions), has_blocs=bool(round.contest.blocs))
    ]


def units_of(session: Session, round: Round) -> dict[int, Unit]:
    """Return the units that may enter, by id, in Vietnamese order."""
    return {unit.id: unit for unit in list_contest_units(session, round.contest)}


def read_decisions(said: Iterable[str], units: Mapping[int, Unit]) -> dict[str, int]:
    """Read decisions typed at the terminal, each "spelling=code or id": the key of the spelling → the unit's id, or
    NO_UNIT
    if its rows are left out.

    Raises:
        SheetError: one is not of this form, or names no unit of the contest.
    """
    by_code = {unit.code: unit.id for unit in units.values()}
    by_id = {str(id): id for id in units}
    decisions = {}
    for each in said:
        spelled, equals, name = each.rpartition("=")
        if not equals or not spelling_key(spelled):
            raise SheetError(gettext(_NOT_SAID, said=each[:60]))
        unit_id = NO_UNIT if search_key(name) == LEFT_OUT else by_code.get(name.strip()) or by_id.get(name.strip())
        if unit_id is None:
            shown = ", ".join(f"{unit.code} {unit.name}" for unit in list(units.values())[:_UNITS_SHOWN])
            raise SheetError(gettext(_NO_SUCH_UNIT, cell=quoted(name), units=shown))
        decisions[spelling_key(spelled)] = unit_id
    return decisions


def why_not(round: Round, refusal: CannotImport) -> str:
    """Return the reason why no sheet can be imported into *round*, with the remedy."""
    reasons = {
        NoQuestions: _NO_QUESTIONS,
        NotOpenYet: _NOT_OPEN,
        TakesNoPapers: _NO_PAPERS,
        DrawnPapers: _DRAWN,
    }
    text = reasons.get(type(refusal), _CLOSED)
    return gettext(text, round=round_name(round), opens=moment(round.opens_at))
