"""The text of a Word document: lines with their places and marks, cells of tables, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from docx.document import Document
from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from core.values.text import N_, Sentence, clean
from quiz.bank.files.numbering import Numbering
from quiz.bank.files.runs import Letters, Styles, lines_of, unread_in
from quiz.bank.files.word_blocks import blocks_of
from quiz.bank.files.word_pictures import WordPictures
from quiz.bank.rules.lines import TextLine
from quiz.bank.rules.old_letters import OldLetters
from quiz.bank.rules.parsed import NOWHERE, Parsed, Place
from quiz.bank.rules.pictures import FoundPictures
from quiz.bank.rules.weeks import week_of

_LEFT_OUT = N_(
    "Có %(n)s hình vẽ, biểu đồ hoặc công thức ở đây không đưa vào được (chỉ nhận hình PNG, JPEG, WebP); xin xem lại "
    "câu này, và thêm hình sau khi đưa vào."
)
_HERE = N_("Chỗ này %(what)s")


@dataclass(frozen=True)
class CellText:
    """The lines of a cell, with the numbers that Word counts by itself, and its text without them."""

    lines: tuple[TextLine, ...]
    plain: str
    number: str
    """The number of its first paragraph, if Word counts it."""

    @property
    def text(self) -> str:
        """The whole text in one line; the number of a cell that holds nothing else."""
        return clean(" ".join(line.text for line in self.lines)) or self.number

    def at(self, place: Place) -> list[TextLine]:
        """Return its lines that hold something, at *place*."""
        return [replace(line, place=place) for line in self.lines if clean(line.text)]


class _Paragraph(NamedTuple):
    """A paragraph: the number that Word prints before it, whether that is a bullet, and the letters of its lines."""

    label: str
    is_bullet: bool
    letters: list[Letters]

    def lines(self) -> Iterator[TextLine]:
        """Yield its lines, the first that holds something behind its number or bullet."""
        label, is_first = f"{self.label} " if self.label else "", True
        for letters in self.letters:
            before = label if is_first and letters.text.strip() else ""
            marks = (0,) * len(before) + letters.marks
            yield TextLine(before + letters.text, NOWHERE, marks, self.is_bullet and is_first)
            is_first = is_first and not letters.text.strip()


@dataclass
class WordText:
    """A document being read: the lines outside of tables of questions, and the questions of those tables."""

    styles: Styles
    numbering: Numbering
    pictures: WordPictures
    old: OldLetters
    lines: list[TextLine] = field(default_factory=list)
    tables: Parsed = field(default_factory=Parsed)
    order: int = 0

    @classmethod
    def of(cls, document: Document, pictures: FoundPictures) -> WordText:
        """Return a document of which nothing has been read."""
        styles = Styles(document)
        old = OldLetters.of(map(_raw_text, document.element.body.iter(qn("w:p"))))
        return cls(styles, Numbering(document, styles), WordPictures(document, pictures), old)

    @property
    def week(self) -> int | None:
        """The week that the last heading above names."""
        return next((week for line in reversed(self.lines) if (week := week_of(line.text)) is not None), None)

    def place(self, words: Sentence) -> Place:
        """Return the next place of the document."""
        self.order += 1
        return Place(self.order, words)

    def add_paragraph(self, paragraph: Paragraph, words: Sentence) -> None:
        """Add the lines of a paragraph."""
        read = self._read(paragraph, words)
        self.lines += [replace(line, place=self.place(words)) for line in read.lines()]

    def cell(self, cell: _Cell, words: Sentence) -> CellText:
        """Return the text of a cell with that of the tables in it; what could not be read is reported."""
        read = [self._read(paragraph, words) for paragraph in _paragraphs(cell)]
        lines = tuple(line for each in read for line in each.lines())
        plain = clean(" ".join(letters.text for each in read for letters in each.letters))
        return CellText(lines, plain, read[0].label if read else "")

    def _read(self, paragraph: Paragraph, words: Sentence) -> _Paragraph:
        """Return the number before a paragraph and its lines; what stands there without being read is reported."""
        self.pictures.left_out = 0
        lines = lines_of(paragraph._p, self.styles, self.pictures)
        self.pictures.count_formulas(paragraph._p)
        if self.pictures.left_out:
            self.tables.doubtful(self.place(words), _LEFT_OUT, n=self.pictures.left_out)
        for what in unread_in(paragraph._p):
            self.tables.doubtful(self.place(words), _HERE, what=Sentence(what))
        letters = [Letters(*self.old.marked(*each)) for each in map(_pair, lines)]
        return _Paragraph(self.numbering.label(paragraph._p), self.numbering.is_bullet(paragraph._p), letters)


def _pair(letters: Letters) -> tuple[str, tuple[int, ...]]:
    return letters.text, letters.marks


def _paragraphs(cell: _Cell) -> Iterator[Paragraph]:
    for block in blocks_of(cell._tc, cell):
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for inner in cells_of(row.cells):
                    yield from _paragraphs(inner)


def cells_of(cells: tuple[_Cell, ...]) -> list[_Cell]:
    """Return the cells of a row, one that is merged across columns once."""
    kept: list[_Cell] = []
    for cell in cells:
        if not kept or kept[-1]._tc is not cell._tc:
            kept.append(cell)
    return kept


def _raw_text(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
