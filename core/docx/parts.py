"""The parts of Word documents of offices: rows and cells of tables, rules, fields, places to sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
CELL_SIZE = 11
"""Points of the text in tables."""
SHORT = 12
"""Rows of a table that is not parted between two pages."""
DOTS = "......................"
"""A place to be filled in by hand."""
_PLACE = re.compile(r"(?:XÃ|PHƯỜNG|ĐẶC KHU|TỈNH|HUYỆN|THÀNH PHỐ)(?: [^\s-]+){1,4}$")


@dataclass(frozen=True)
class TableColumn:
    """A column of a table: its head, its share of the width, the alignment of its cells."""

    title: str
    width: int
    align: Any = LEFT


def with_whole_place(issuer: str) -> str:
    """Return an issuer in capitals whose last place breaks before its kind, not inside: "XÃ LÂM BÌNH"."""
    found = _PLACE.search(issuer)
    return issuer[: found.start()] + found[0].replace(" ", "\u00a0") if found else issuer


def keep_together(rows: Any) -> None:
    """Keep all rows of a short table together, of a longer one the first three and the last two."""
    keep_with_next(rows[:-1] if len(rows) <= SHORT + 1 else [*rows[:2], rows[-2]])


def keep_with_next(rows: Any) -> None:
    for row in rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def fill(
    row: Any, columns: Sequence[TableColumn], cells: Sequence[str], *, is_head: bool, is_bold: bool, scale: float
) -> None:
    mark(row, "w:cantSplit")
    for cell, column, value in zip(row.cells, columns, cells, strict=True):
        cell.width = Mm(column.width * scale)
        paragraph = cell.paragraphs[0]
        paragraph.alignment = CENTRE if is_head else column.align
        run = paragraph.add_run(value)
        run.bold, run.font.size = is_bold, Pt(CELL_SIZE)
        if is_head:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        if not value:
            _shrink_end(paragraph)


def _shrink_end(paragraph: Any) -> None:
    """Give the end of a paragraph the size of a cell's text: an empty cell would be as high as a line of the body."""
    properties, size = OxmlElement("w:rPr"), OxmlElement("w:sz")
    size.set(qn("w:val"), str(2 * CELL_SIZE))
    properties.append(size)
    paragraph._p.get_or_add_pPr().append(properties)


def fill_band(row: Any, text: str) -> None:
    """Write a text over all cells of a row, which stays with the next one."""
    mark(row, "w:cantSplit")
    cell = row.cells[0].merge(row.cells[-1])
    run = cell.paragraphs[0].add_run(text)
    run.bold, run.font.size = True, Pt(11)
    cell.paragraphs[0].paragraph_format.keep_with_next = True


def sign(cell: Any, role: str, hint: str) -> None:
    """Write a role and how to sign for it."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = CENTRE
    name = paragraph.add_run(f"{role}\n")
    name.bold, name.font.size = True, Pt(12)
    paragraph.add_run(hint).italic = True


def place_of_name(cell: Any) -> None:
    """Leave room for a hand, and dots for the name."""
    paragraph = cell.add_paragraph() if cell.paragraphs[0].text else cell.paragraphs[0]
    paragraph.alignment, paragraph.paragraph_format.space_before = CENTRE, Pt(54)
    paragraph.add_run(DOTS)


def short_rule(cell: Any) -> None:
    draw_rule(cell.add_paragraph(), 70, 4)


def draw_rule(paragraph: Any, width: int, after: int) -> None:
    """Draw a rule in the middle third of *width* millimetres as the border of a paragraph of no height."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(width * 0.36)
    form.space_after, form.line_spacing = Pt(after), Pt(3)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def narrow(table: Any) -> None:
    """Keep a millimetre beside the text of each cell, half of what Word leaves."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def mark(row: Any, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def field(paragraph: Any, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
