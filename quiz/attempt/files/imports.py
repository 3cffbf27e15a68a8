"""A sheet of entries from its bytes to the dry run: what both doors do with it before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from commune.models import Unit
from core.sheets import memory
from core.sheets.cells import SheetError, quoted
from core.sheets.columns import SheetColumn
from core.sheets.report import ImportReport
from core.values.dates import moment
from core.values.text import N_, search_key
from quiz.attempt.files import mapping
from quiz.attempt.files.columns import Meaning
from quiz.attempt.files.entries import Asked, Entries, Opened, Opener, open_entries, read_entries, told_places
from quiz.attempt.files.entry_report import make_report
from quiz.attempt.operations.importing import CannotImport, NoQuestions, NotOpenYet, Plan, TakesNoPapers, check_round
from quiz.attempt.rules.unit_match import NO_UNIT, spelling_key
from quiz.contest.models import Round
from quiz.contest.queries import list_contest_units

PURPOSE = "quiz-entries"
LEFT_OUT = "bo"
"""Said at the terminal in place of a unit's code: the spelling names none of the contest."""
_CLOSED = N_("Tuần {number} đã chốt nên không nhập thêm bài được; có sai sót thì làm bản đính chính.")
_NOT_OPEN = N_("Tuần {number} chưa mở (mở lúc {opens}); chưa có bài nào để nhập.")
_NO_PAPERS = N_(
    "Cuộc thi còn là bản nháp hoặc đã hủy nên chưa nhập bài được. Bản nháp thì hãy công khai cuộc thi trước."
)
_NO_QUESTIONS = N_("Tuần {number} chưa có câu hỏi; xin dán câu hỏi của tuần trước rồi mới nhập bài.")
_NOT_SAID = N_(
    "Quyết định “{said}” chưa đúng: xin ghi như “Xuân Lập=02242”, dùng mã hoặc số của đơn vị dự thi, hoặc “Hà Nội=bo”."
)
_NO_SUCH_UNIT = N_("Cuộc thi không có đơn vị nào mang mã hoặc số {cell}; các đơn vị: {units}.")
_UNITS_SHOWN = 12


@dataclass(frozen=True)
class Desk:
    """A sheet opened for a round: what its columns seem to hold, and what was said of them before, if anything."""

    round: Round
    opened: Opened
    remembered: Mapping[str, int] | None

    @property
    def header(self) -> tuple[str, ...]:
        """The titles of the columns."""
        return self.opened.columns.header

    @property
    def places(self) -> Mapping[str, int]:
        """What the columns are taken for before anybody says: as remembered, else as the header tells."""
        return told_places(self.opened, asked_of(self.round)) if self.remembered is None else self.remembered

    def read(self, places: mapping.Places | None = None) -> Entries:
        """The rows, its columns meaning what *places* or else what was remembered says; raises SheetError."""
        return read_entries(self.opened, asked_of(self.round), self.remembered if places is None else places)


def owner_of(round: Round) -> str:
    """Under whose name the meaning of columns is remembered: the unit that holds the contest."""
    return f"unit:{round.contest.unit_id}"


def open_desk(session: Session, round: Round, read: Opener, *, now: datetime) -> Desk:
    """Open a sheet for *round*.

    Raises:
        CannotImport: the round takes none.
        SheetError: there is no table in it.
    """
    check_round(round, now=now)
    opened = open_entries(read)
    kept = memory.find_mapping(session, owner=owner_of(round), purpose=PURPOSE, header=opened.columns.header)
    known = set(mapping.meanings(len(round.questions)))
    return Desk(round, opened, kept and {meaning: place for meaning, place in kept.items() if meaning in known})


def asked_of(round: Round) -> Asked:
    """What reading a sheet must know of *round*."""
    return Asked(
        keys=[question.key for question in round.questions],
        choices=[{choice.letter: choice.text for choice in question.choices} for question in round.questions],
        rules=round.declared,
    )


def columns_of(round: Round) -> list[SheetColumn]:
    """What a column of a sheet for *round* may hold, as a person is asked."""
    return [
        SheetColumn(name=meaning, title=mapping.title_of(meaning), words=(), is_required=meaning == Meaning.NAME)
        for meaning in mapping.meanings(len(round.questions))
    ]


def units_of(session: Session, round: Round) -> dict[int, Unit]:
    """The units that may enter, by id, in Vietnamese order."""
    return {unit.id: unit for unit in list_contest_units(session, round.contest)}


def report_of(session: Session, round: Round, entries: Entries, plan: Plan) -> ImportReport:
    """The plan in words."""
    return make_report(round, entries, plan, units_of(session, round))


def read_decisions(said: Iterable[str], units: Mapping[int, Unit]) -> dict[str, int]:
    """What was decided at the terminal, "spelling=code or id" each: the key of the spelling → the unit's id,
    or NO_UNIT where its rows are left out.

    Raises:
        SheetError: one is none, or names no unit of the contest.
    """
    by_code = {unit.code: unit.id for unit in units.values()}
    by_id = {str(id): id for id in units}
    decisions = {}
    for each in said:
        spelled, equals, name = each.rpartition("=")
        if not equals or not spelling_key(spelled):
            raise SheetError(_NOT_SAID.format(said=each[:60]))
        unit_id = NO_UNIT if search_key(name) == LEFT_OUT else by_code.get(name.strip()) or by_id.get(name.strip())
        if unit_id is None:
            shown = ", ".join(f"{unit.code} {unit.name}" for unit in list(units.values())[:_UNITS_SHOWN])
            raise SheetError(_NO_SUCH_UNIT.format(cell=quoted(name), units=shown))
        decisions[spelling_key(spelled)] = unit_id
    return decisions


def why_not(round: Round, refusal: CannotImport) -> str:
    """Why nothing can be brought in to *round*, and what to do."""
    reasons = {NoQuestions: _NO_QUESTIONS, NotOpenYet: _NOT_OPEN, TakesNoPapers: _NO_PAPERS}
    text = reasons.get(type(refusal), _CLOSED)
    return text.format(number=round.number, opens=moment(round.opens_at))
