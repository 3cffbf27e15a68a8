"""Questions of a Word document: paragraphs, tables that only lay them out, tables of questions, tables of keys."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from core.sheets.cells import SheetError
from core.translation import gettext
from core.values.text import N_, Sentence, clean, search_key
from quiz.bank.files.grid import grid_of_rows, read_grid_rows
from quiz.bank.files.numbering import Numbering
from quiz.bank.files.runs import Letters, Styles, lines_of
from quiz.bank.files.word_pictures import WordPictures
from quiz.bank.rules.lines import TextLine
from quiz.bank.rules.parsed import Parsed, Place
from quiz.bank.rules.pictures import FoundPictures
from quiz.bank.rules.written import read_written

MOST_UNPACKED = 48 << 20
"""Bytes of all parts together: a document of 1.000 questions without pictures unpacks to about 5 MB."""
_UNREADABLE = N_("Không đọc được tệp “%(name)s”: tệp hỏng, có mật khẩu, hoặc không phải văn bản Word.")
_TOO_BIG = N_("Tệp “%(name)s” quá lớn sau khi giải nén. Xin bỏ bớt hình rồi gửi lại.")
_PARAGRAPH, _ROW = N_("đoạn %(number)s"), N_("bảng %(table)s, hàng %(row)s")
_LEFT_OUT = N_(
    "Có %(n)s hình vẽ, biểu đồ hoặc công thức ở đây không đưa vào được (chỉ nhận hình PNG, JPEG, WebP); xin xem lại "
    "câu này, và thêm hình sau khi đưa vào."
)
_NUMBER = re.compile(r"(?:câu\s*)?(\d{1,4})\s*[.:)]?", re.IGNORECASE)
_LETTERS = re.compile(r"[A-H](?:\s*[,;+]?\s*[A-H])*", re.IGNORECASE)
_TITLES = {"cau", "cau so", "stt", "tt", "dap an", "dap an dung", "da", "key", "cau hoi", "so cau"}


def is_word(data: bytes) -> bool:
    """Whether a file is a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def read_word(data: bytes, name: str, pictures: FoundPictures) -> Parsed:
    """Return the questions of a Word document, each with its paragraph or the row of its table.

    Its pictures are added to *pictures*, and marks stand where they were.

    Raises:
        SheetError: the file is damaged, is no Word document, or is too large.
    """
    document = _opened(data, name)
    styles = Styles(document)
    found = _Found(styles, Numbering(document, styles), WordPictures(document, pictures))
    _collect(document, found)
    parsed = read_written(found.lines) if found.lines else Parsed()
    parsed.questions[:] = sorted([*parsed.questions, *found.tables.questions], key=lambda each: each.place)
    parsed.problems += [*found.tables.problems]
    return parsed


@dataclass
class _Found:
    """The lines of a document outside of tables of questions, and the questions of those."""

    styles: Styles
    numbering: Numbering
    pictures: WordPictures
    lines: list[TextLine] = field(default_factory=list)
    tables: Parsed = field(default_factory=Parsed)
    order: int = 0

    def place(self, words: Sentence) -> Place:
        """Return the next place of the document."""
        self.order += 1
        return Place(self.order, words)


def _opened(data: bytes, name: str) -> Document:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise SheetError(gettext(_TOO_BIG, name=clean(name)))
        return docx.Document(io.BytesIO(data))
    except SheetError:
        raise
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
        RuntimeError,
        SyntaxError,
    ) as error:
        raise SheetError(gettext(_UNREADABLE, name=clean(name))) from error


def _collect(document: Document, found: _Found) -> None:
    paragraphs, tables = 0, 0
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            paragraphs += 1
            found.lines += _lines(block, found, Sentence(_PARAGRAPH, number=paragraphs))
        else:
            tables += 1
            _collect_table(block, tables, found)


def _lines(paragraph: Paragraph, found: _Found, words: Sentence) -> Iterator[TextLine]:
    label = found.numbering.label(paragraph._p)
    for letters in _letters(paragraph, found, words):
        before = f"{label} " if label and letters.text.strip() else ""
        yield TextLine(before + letters.text, found.place(words), (0,) * len(before) + letters.marks)
        label = "" if before else label


def _letters(paragraph: Paragraph, found: _Found, words: Sentence) -> list[Letters]:
    """Return the lines of a paragraph; what stands there without being text or a picture is reported."""
    found.pictures.left_out = 0
    lines = lines_of(paragraph._p, found.styles, found.pictures)
    found.pictures.count_formulas(paragraph._p)
    if found.pictures.left_out:
        found.tables.doubtful(found.place(words), _LEFT_OUT, n=found.pictures.left_out)
    return lines


def _collect_table(table: Table, number: int, found: _Found) -> None:
    rows = [_cells(row.cells) for row in table.rows]
    texts = [[_cell_text(cell, found) for cell in row] for row in rows]
    pairs = _key_pairs(texts)
    if pairs:
        place = found.place(Sentence(_ROW, table=number, row=1))
        found.lines += [TextLine("Đáp án:", place), TextLine(" ".join(f"{each}. {key}" for each, key in pairs), place)]
        return
    grid = grid_of_rows(texts)
    if grid is not None:
        places = {row: found.place(Sentence(_ROW, table=number, row=row)) for row in range(1, len(rows) + 1)}
        _report_left_out(rows, places, found)
        read = read_grid_rows(grid, lambda row, _column: places[row])
        found.tables.questions += read.questions
        found.tables.problems += read.problems
        return
    for at, row in enumerate(rows, start=1):
        words = Sentence(_ROW, table=number, row=at)
        for cell in row:
            for paragraph in cell.paragraphs:
                found.lines += [line for line in _lines(paragraph, found, words) if clean(line.text)]


def _report_left_out(rows: list[list[_Cell]], places: dict[int, Place], found: _Found) -> None:
    """Report the rows of a table of questions that hold more than text and pictures."""
    for at, row in enumerate(rows, start=1):
        found.pictures.left_out = 0
        for cell in row:
            _cell_text(cell, found)
            found.pictures.count_formulas(cell._tc)
        if found.pictures.left_out:
            found.tables.doubtful(places[at], _LEFT_OUT, n=found.pictures.left_out)


def _cells(cells: tuple[_Cell, ...]) -> list[_Cell]:
    """Return the cells of a row, a merged one once."""
    kept: list[_Cell] = []
    for cell in cells:
        if not kept or kept[-1]._tc is not cell._tc:
            kept.append(cell)
    return kept


def _cell_text(cell: _Cell, found: _Found) -> str:
    lines = (lines_of(paragraph._p, found.styles, found.pictures) for paragraph in cell.paragraphs)
    return clean(" ".join(letters.text for some in lines for letters in some))


def _key_pairs(rows: list[list[str]]) -> list[tuple[int, str]]:
    """Return (question, letters) of a table of keys, in rows or in columns; empty for any other table."""
    filled = [text for row in rows for text in row if text]
    odd = [text for text in filled if not _NUMBER.fullmatch(text) and not _LETTERS.fullmatch(text)]
    if not filled or len(filled) - len(odd) < 2 or any(search_key(text) not in _TITLES for text in odd):
        return []
    by_column = [pair for row, below in zip(rows, rows[1:], strict=False) for pair in zip(row, below, strict=False)]
    by_row = [pair for row in rows for pair in zip(row, row[1:], strict=False)]
    return max((_pairs(by_column), _pairs(by_row)), key=len)


def _pairs(cells: list[tuple[str, str]]) -> list[tuple[int, str]]:
    found = []
    for first, second in cells:
        number = _NUMBER.fullmatch(first)
        if number and _LETTERS.fullmatch(second):
            found.append((int(number[1]), "".join(sorted(set(re.findall("[A-H]", second.upper()))))))
    return found
