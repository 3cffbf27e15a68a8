"""From an office's sheet to its rows by meaning: header found, totals and blanks left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.importing.rows import person_name
from core.sheets.asides import Asides
from core.sheets.cells import Cell, Row, SheetError, text_of
from core.sheets.columns import cell_at
from core.sheets.handed_in import HandIns
from core.sheets.reading import Sheets
from core.sheets.remarks import Remarks
from core.sheets.repeats import Repeats
from core.sheets.sheet import RowNumber
from core.sheets.tables import Tables, find_tables
from core.translation import gettext
from core.values.text import N_
from quiz.attempt.files.columns import Columns, Meaning, best_header

_NO_TABLE = N_("Tệp không có cột họ và tên cùng với điểm (hoặc câu trả lời); hãy kiểm tra dòng tiêu đề.")
_NO_ROWS = N_("Tệp có tiêu đề nhưng chưa có lượt dự thi nào.")
_NO_SCORE = N_("Tệp không có cột điểm; hãy đưa thêm đáp án bằng --key.")
_KEY_MISMATCH = N_("Đáp án có %(key)s câu nhưng tệp có %(columns)s cột câu trả lời.")


class Raw(NamedTuple):
    """A row's cells by meaning, unchanged; `number` is the row in the workbook."""

    number: RowNumber
    name: str
    cells: dict[Meaning, Cell]
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The rows that are attempts, and the meanings of the columns."""

    columns: Columns
    raws: list[Raw]
    notes: Sequence[str] = ()
    """Notes on parts of the file that were left out or converted."""
    unfinished: Collection[int] = frozenset()
    """The numbers of the rows that were never handed in."""
    problems: Sequence[tuple[int, str]] = ()
    """Remarks of the office about single rows."""

    def column(self, meaning: Meaning) -> list[Cell]:
        """Return the cells of one meaning, one for each row; empty if the sheet has no such column."""
        if meaning not in self.columns.places:
            return []
        return [raw.cells[meaning] for raw in self.raws]


class _Met(NamedTuple):
    """The collectors of the findings on the way through the rows."""

    asides: Asides
    units: Repeats
    remarks: Remarks


def read_table(sheets: Sheets, key: Sequence[str] | None = None) -> Table:
    """Read the sheets that hold a contest; answers only with a key to mark them.

    Raises:
        SheetError: the file as a whole can't be used.
    """
    found = find_tables(sheets, best_header)
    if found is None:
        raise SheetError(_NO_TABLE)
    places = _answer_places(found.columns, key)
    if not places and Meaning.SCORE not in found.columns.places:
        raise SheetError(_NO_SCORE)
    return read_rows(found.columns, found, places)


def read_rows(columns: Columns, rows: Tables[Columns], answers: Sequence[int]) -> Table:
    """Return the rows below a header; *answers* are the places of question 1, 2, 3 …

    Raises:
        SheetError: there is none.
    """
    hand_ins = HandIns(columns.header)
    used = {*columns.places.values(), *(place for place, _ in columns.questions)}
    met = _Met(Asides(columns.header), Repeats(), Remarks(columns.header, used))
    raws = list(_raws(hand_ins.watch(rows), columns, answers, met))
    if not raws:
        raise SheetError(_NO_ROWS)
    rows.notes.extend([*met.asides.notes(), *met.units.notes()])
    unfinished = hand_ins.unfinished({raw.number for raw in raws})
    return Table(columns, raws, rows.notes, unfinished, met.remarks.problems)


def _answer_places(columns: Columns, key: Sequence[str] | None) -> list[int]:
    """Return the columns of question 1, 2, 3 …; empty without a key."""
    if key is None:
        return []
    numbered = numbered_answers(columns, len(key))
    if numbered:
        return numbered
    for found in (columns.questions, columns.answers, _all_answers(columns)):
        if len(found) == len(key):
            return [place for place, _ in found]
    raise SheetError(gettext(_KEY_MISMATCH, key=len(key), columns=len(columns.answers)))


def numbered_answers(columns: Columns, count: int) -> list[int]:
    """Return the places of question 1 to *count* by the numbers in their headers; empty if one is missing."""
    numbered = {number: place for place, number in reversed(columns.answers) if number is not None}
    wanted = range(1, count + 1)
    return [numbered[number] for number in wanted] if numbered.keys() >= set(wanted) else []


def _all_answers(columns: Columns) -> list[tuple[int, int | None]]:
    return sorted([*columns.questions, *((place, None) for place in columns.others)])


def _raws(rows: Iterable[tuple[RowNumber, Row]], columns: Columns, answers: Sequence[int], met: _Met) -> Iterator[Raw]:
    """Yield the rows that are attempts: not blank, no totals, no repeated header."""
    places = list(columns.places.items())
    same: dict[str, str] = {}  # one object for each text: an answer occurs a million times
    for number, row in rows:
        name = _name(row, columns)
        cells = {meaning: cell_at(row, place) for meaning, place in places}
        if met.asides.holds(number, row, name, is_alone=_is_alone(cells)):
            continue
        met.remarks.read(number, row)
        if Meaning.UNIT in cells:
            cells[Meaning.UNIT] = met.units.fill(number, cells[Meaning.UNIT])
        chosen = [text_of(cell_at(row, place)) for place in answers]
        yield Raw(number, name, cells, tuple([same.setdefault(text, text) for text in chosen]))


def _name(row: Row, columns: Columns) -> str:
    name, family = text_of(cell_at(row, columns.places[Meaning.NAME])), columns.places.get(Meaning.FAMILY)
    return person_name(name if family is None else f"{text_of(cell_at(row, family))} {name}")


def _is_alone(cells: Mapping[Meaning, Cell]) -> bool:
    """Whether a table has columns of phones and units, and a row has neither."""
    found = [cells[meaning] for meaning in (Meaning.PHONE, Meaning.UNIT) if meaning in cells]
    return bool(found) and not any(map(text_of, found))
