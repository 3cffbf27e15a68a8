"""A kind of sheet with a column of units: spellings are matched, doubtful ones decided and remembered."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from commune.files.spellings import decision_list, doubts_in_words
from commune.labels import UNIT_DECISION
from commune.models import Unit
from commune.operations.spellings import remember_spellings
from commune.queries.spellings import MayEnter, list_remembered, match_units
from commune.rules.unit_match import NO_UNIT
from core.importing.kind import DecisionList, T
from core.importing.records import RecordKind, V
from core.importing.rows import RowError
from core.importing.words import DecisionWords
from core.sheets.columns import Line
from core.sheets.report import Doubt
from core.sheets.template import template_xlsx
from core.values.text import N_

_LEFT_OUT = N_("đơn vị này không có trong danh sách để chọn; bỏ dòng này.")


class UnitRecordKind(RecordKind[T, V]):
    """A kind of sheet whose column `unit` names one of the target's units; a blank names none."""

    decisions: ClassVar[DecisionWords | None] = UNIT_DECISION
    _unit_of: Mapping[str, int] = {}
    """The unit of each spelling as typed, after the rows were planned."""

    @abstractmethod
    def units(self) -> Mapping[int, Unit]:
        """Return the units that may be named, by id, in the order in which they are offered."""

    @abstractmethod
    def unit_id(self) -> int:
        """Return the unit that owns drafts and remembered columns, and decides the meaning of spellings."""

    def template(self, _variant: str) -> bytes:
        """Return the workbook to fill in, its units to be picked from a list."""
        names = [unit.name for unit in self.units().values()]
        return template_xlsx(self.columns(), {"unit": names} if names else None)

    def unit_of(self, line: Line) -> int | None:
        """Return the unit that a line names; raises RowError if the decision was that it names none."""
        unit_id = self._unit_of.get(line.text("unit"))
        if unit_id == NO_UNIT:
            raise RowError(_LEFT_OUT)
        return unit_id

    def doubts(self, rows: list[Line]) -> DecisionList:
        """Return the spellings of units that are doubtful or were decided before, and every unit."""
        session, among = self.context.session, self._among()
        doubtful = match_units(session, among, _cells(rows), {})[1]
        return decision_list([*doubtful, *list_remembered(session, among, _cells(rows))], self.units())

    def undecided(self, rows: list[Line]) -> Sequence[Doubt]:
        """Match the spellings in *rows*; return those that may be several units."""
        decided = self.context.choices.decisions
        self._unit_of, doubtful = match_units(self.context.session, self._among(), _cells(rows), decided)
        return doubts_in_words(doubtful, self.units())

    def remember_decisions(self) -> None:
        """Remember the decisions that the planned rows used, for later sheets."""
        remember_spellings(self.context.session, self.unit_id(), self.context.choices.decisions, self._unit_of)

    def _among(self) -> MayEnter:
        return MayEnter(self.unit_id(), list(self.units()))


def _cells(rows: list[Line]) -> Iterator[tuple[int, str]]:
    """Return row and spelling of each line."""
    return ((line.number, line.text("unit")) for line in rows)
