"""A kind of sheet in which each row is one record with a key; no record is imported twice."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Sequence
from typing import ClassVar, TypeVar

from core.importing.kind import GridKind, ImportPlan, T
from core.importing.rows import read_rows, without_repeats
from core.sheets.columns import Line, require
from core.sheets.grids import Grid
from core.sheets.report import Doubt, ImportReport, IssueSeverity, RowIssue
from core.translation import gettext
from core.values.numbers import thousands
from core.values.text import N_

V = TypeVar("V")
_REPLACED = N_("Thay cả danh sách: %(n)s %(counted)s đang có trong danh sách sẽ bị xóa trước khi nhập.")


class RecordKind(GridKind[T, list[Line], list[V]]):
    """A kind of sheet that declares how a line becomes a record, the record's key, and which keys are stored.

    Attributes:
        repeated: the error of a row whose record is in an earlier row.
        stored: the message for a row whose record is stored already.
    """

    repeated: ClassVar[str] = N_("trùng với dòng %(row)s; không nhập hai lần.")
    stored: ClassVar[str] = N_("đã có từ trước; không thêm lần nữa.")

    @abstractmethod
    def record(self, line: Line) -> V:
        """Return the record of a line; raises RowError."""

    @abstractmethod
    def record_key(self, record: V) -> bytes:
        """Return the key that equal records share."""

    @abstractmethod
    def stored_keys(self, keys: Collection[bytes]) -> set[bytes]:
        """Return those of *keys* that are stored."""

    @abstractmethod
    def count_stored(self) -> int:
        """Return the number of stored records, all of which a replacement deletes."""

    def read(self, sheet: Grid) -> list[Line]:
        """Return the rows by meaning; raises SheetError if a required column is missing."""
        places = self.context.choices.places
        require(places, self.columns())
        return sheet.lines(places)

    def undecided(self, _rows: list[Line]) -> Sequence[Doubt]:
        """Return the spellings that refuse the import until they are decided."""
        return ()

    def plan(self, rows: list[Line]) -> ImportPlan[list[V]]:
        """Return the new records, or all of them if they replace the stored ones."""
        doubts = self.undecided(rows)
        records, errors = read_rows(rows, self.record)
        records, repeats = without_repeats(records, self.record_key, self.repeated)
        row_of = {self.record_key(record): row for row, record in records.items()}
        known = set() if self.replaces else self.stored_keys(row_of)
        repeated_before = [RowIssue(row_of[key], self.stored, IssueSeverity.WARNING) for key in known]
        new = [records[row] for key, row in row_of.items() if key not in known]
        issues, notes = [*errors, *repeats, *repeated_before], self._replaced()
        report = ImportReport(len(rows), len(new), len(known), issues, notes, doubts)
        return ImportPlan(report, new)

    def _replaced(self) -> list[str]:
        """Return a note on the records that a replacement deletes."""
        stored = self.count_stored() if self.replaces else 0
        return [gettext(_REPLACED, n=thousands(stored), counted=self.words.counted)] if stored else []
