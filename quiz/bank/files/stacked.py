"""Tables whose choices stand in one cell, or in a row each: their rows as the lines of written questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.sheets.cells import Cell, Row, text_of
from core.sheets.columns import HEADER_WITHIN, SheetColumn, headers, recognise
from core.values.text import clean, fold
from quiz.bank.rules.lines import CHOICE, LineKind, TextLine, kind_of, stem_and_choices
from quiz.bank.rules.listed_choices import has_list, is_item
from quiz.bank.rules.parsed import LETTERS, Place

COLUMNS = (
    SheetColumn("number", "STT", ((r"^(stt|tt|so tt|so thu tu|cau|cau so|so)$", 10),)),
    SheetColumn("text", "Câu hỏi", ((r"cau hoi|noi dung|question", 12),)),
    SheetColumn("options", "Phương án", ((r"phuong an|lua chon|cau tra loi|^tra loi$|options|choices", 11),)),
    SheetColumn("key", "Đáp án", ((r"dap an dung|phuong an dung|correct|^key$", 16), (r"^dap an$|^da$|^dung$", 14))),
    SheetColumn("explanation", "Giải thích", ((r"giai thich|loi giai|explanation", 12),)),
    SheetColumn("source", "Căn cứ", ((r"can cu|nguon|trich dan|co so phap ly|source", 12),)),
    SheetColumn("topic", "Chủ đề", ((r"chu de|chuyen de|linh vuc|topic", 13),)),
    SheetColumn("difficulty", "Mức độ", ((r"muc do|do kho|level", 13),)),
)
_TICKS = frozenset({"x", "✓", "✔", "☑", "√", "v", "đúng", "đ", "*", "•"})
_LABELS = {"explanation": "Giải thích", "source": "Căn cứ", "topic": "Chủ đề", "difficulty": "Mức độ"}
_LEAST = 2
_OWN_NUMBER = re.compile(r"\s*\d{1,4}\s*[.)/:]\s*")


@dataclass(frozen=True)
class StackedPlaces:
    """The columns of a table by meaning, and the number of its rows up to the end of its header."""

    places: Mapping[str, int]
    end: int


@dataclass(frozen=True)
class StackedRow:
    """A row: the lines of each of its cells."""

    columns: StackedPlaces
    cells: Sequence[Sequence[TextLine]]
    place: Place

    def lines(self, name: str) -> list[TextLine]:
        """Return the lines of the cell with a meaning, none where the table or the row has no such cell."""
        at = self.columns.places.get(name)
        return list(self.cells[at]) if at is not None and at < len(self.cells) else []

    def text(self, name: str) -> str:
        """Return the same as one line."""
        return clean(" ".join(line.text for line in self.lines(name)))


def stacked_places(rows: Sequence[Row], *, has_columns: bool = True) -> StackedPlaces | None:
    """Return the columns of a table whose choices are not in columns of their own; None for any other table.

    Its header names the question, and the choices or the key; its cells hold at least two choices with their letters,
    or a cell of the choices holds a line for each. Where it *has* no *columns* of choices, that of all choices is
    enough: its rows say what is wrong with them.
    """
    for row, end in headers(rows[:HEADER_WITHIN]):
        places = recognise(row, COLUMNS, below=rows[end:])
        if "text" in places and places.keys() & {"options", "key"}:
            texts, listed = (_column(rows[end:], places.get(name)) for name in ("text", "options"))
            is_each_below = len(list(filter(text_of, texts))) < len(list(filter(text_of, listed)))
            has_letters = sum(_has_choice(text_of(cell)) for cell in (*texts, *listed)) >= _LEAST
            has_lists = any(map(_is_list, (*texts, *listed))) or any(map(_has_lines, listed))
            if has_letters or has_lists or (listed and not has_columns and not is_each_below):
                return StackedPlaces(places, end)
    return None


def _column(rows: Sequence[Row], at: int | None) -> list[Cell]:
    return [row[at] for row in rows if at is not None and at < len(row)]


def _lines_in(cell: Cell) -> list[TextLine]:
    return [TextLine(line) for line in cell.splitlines() if clean(line)] if isinstance(cell, str) else []


def _has_lines(cell: Cell) -> bool:
    return len(_lines_in(cell)) > 1


def _is_list(cell: Cell) -> bool:
    """Whether the last lines of a cell begin with the same dash, or with 1, 2, 3."""
    return has_list(_lines_in(cell))


def _has_choice(text: str) -> bool:
    """Whether a cell holds a choice: alone behind its letter, or below or behind the words of a question."""
    return CHOICE.match(text) is not None or len(stem_and_choices(TextLine(text))) > 1


def stacked_lines(rows: Iterable[StackedRow]) -> list[TextLine]:
    """Return the rows as the lines of written questions; a row without a question goes on with the one above."""
    found: list[TextLine] = []
    count = 0
    for row in rows:
        if row.text("text") and not CHOICE.match(row.text("text")):
            count += 1
            found += _stem(row, count)
        elif row.text("text"):
            found += row.lines("text")
        found += _options(row)
        said = [(label, row.text(name)) for name, label in _LABELS.items()]
        found += [TextLine(f"{label}: {text}", row.place) for label, text in said if text]
    return found


def _stem(row: StackedRow, count: int) -> Iterator[TextLine]:
    """Yield the words of a question behind its number: its own, that of its row, or its place in the table."""
    first, *rest = row.lines("text")
    if kind_of(first.text) is not LineKind.HEADING:
        digits = re.sub(r"\D", "", row.text("number"))
        own = _OWN_NUMBER.match(first.text)
        number = digits or (re.sub(r"\D", "", own[0]) if own else "") or str(count)
        part = first.part(own.end()) if own else first
        first = part.behind(f"Câu {number}. ")
    yield first
    yield from rest


def _with_letters(lines: list[TextLine]) -> list[TextLine]:
    """Return the lines of a cell of choices with a letter each, where they have neither letters nor list marks."""
    lines = _joined(lines)
    if not 1 < len(lines) <= len(LETTERS) or any(_has_choice(line.text) for line in lines) or has_list(lines):
        return lines
    return [line.behind(f"{letter}. ") for letter, line in zip(LETTERS, lines, strict=False)]


def _joined(lines: list[TextLine]) -> list[TextLine]:
    """Return the lines of a list, of which an item may go on in the next line: "- Quầy một", "cửa", "- Chợ"."""
    found: list[TextLine] = []
    for line in lines:
        if found and is_item(lines[0]) and not is_item(line):
            found[-1] = found[-1].followed_by(line)
        else:
            found.append(line)
    return found


def runs_on(row: StackedRow) -> bool:
    """Whether the choices of a row stand in one line with no letters, so that no one knows where each ends."""
    lines = row.lines("options")
    return len(lines) == 1 and bool(row.text("text")) and not _has_choice(lines[0].text)


def _options(row: StackedRow) -> Iterator[TextLine]:
    """Yield the choices of a row and its key: letters, or a tick beside the only choice of the row."""
    options, key = _with_letters(row.lines("options")), row.text("key")
    if fold(key) in _TICKS:
        options = [line.behind("*") for line in options]
        key = ""
    yield from options
    if key:
        yield TextLine(f"Đáp án: {key}", row.place)
