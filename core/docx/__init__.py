"""Word documents in the layout of Vietnamese offices (NĐ 30/2020/NĐ-CP), to be edited and signed elsewhere."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table

from core.docx.parts import (
    CENTRE,
    DOTS,
    LEFT,
    RIGHT,
    SHORT,
    TableColumn,
    draw_rule,
    field,
    fill,
    fill_band,
    keep_together,
    keep_with_next,
    mark,
    narrow,
    place_of_name,
    short_rule,
    sign,
    with_whole_place,
)

__all__ = ["CENTRE", "DOCX", "DOTS", "FONT", "LEFT", "RIGHT", "SHORT", "SIZE", "OfficeDocument", "TableColumn"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
SIZE = 13
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY
WIDTH = 165
"""Millimetres between the margins."""


class OfficeDocument:
    """A document on A4: national title, issuer, name of the document; then headings, paragraphs and tables.

    `above` is the body that the issuer belongs to (cơ quan chủ quản), over it and not in bold (NĐ 30/2020, Phụ lục I);
    `code` follows the number that is filled in by hand ("/QĐ-BTC"); `about` is what the document is about (trích yếu).
    Without a `day` the head has no place and date: minutes say them in their text.
    """

    def __init__(
        self,
        *,
        issuer: str,
        title: str,
        place: str,
        day: date | None,
        above: str = "",
        code: str = "/       ",
        about: str = "",
    ) -> None:
        self._document = docx.Document()
        self._lay_out()
        self._head((above, issuer), place, day, code)
        self._line(title.upper(), align=CENTRE, bold=True, size=14, before=12, after=0 if about else 12)
        if about:
            self._line(about, align=CENTRE, bold=True, size=14)
            self._rule(12)
        self._document.core_properties.title = f"{title}: {about}" if about else title
        self._document.core_properties.author = issuer

    def heading(self, text: str) -> None:
        """Add a heading, kept with what follows it."""
        self._line(text, bold=True, before=10, after=4).paragraph_format.keep_with_next = True

    def centred(self, text: str, *, size: int = SIZE, before: int = 6, after: int = 6) -> None:
        """Add a line in bold in the middle."""
        self._line(text, align=CENTRE, bold=True, size=size, before=before, after=after)

    def text(self, text: str, *, italic: bool = False, lead: str = "") -> None:
        """Add a paragraph, its *lead* in bold before it."""
        align = LEFT if DOTS in text else JUSTIFIED  # dots do not break, so that spaces would be stretched before them
        paragraph = self._line(lead, align=align, bold=True, after=6)
        paragraph.paragraph_format.first_line_indent = Mm(10)
        run = paragraph.add_run(text)
        run.italic, run.font.size = italic, Pt(SIZE)

    def blanks(self, *parts: str) -> None:
        """Add a line to be filled in: after each of *parts* dots up to an even share of the width."""
        paragraph = self._line("\t".join([*parts, ""]), after=6)
        paragraph.paragraph_format.first_line_indent = Mm(10)
        for at in range(1, len(parts) + 1):
            place = Mm(WIDTH * at / len(parts))
            paragraph.paragraph_format.tab_stops.add_tab_stop(place, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DOTS)

    def items(self, texts: Sequence[str]) -> None:
        """Add a list, each item with a box to tick by hand."""
        for text in texts:
            self._line(f"☐ {text}", after=3)

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table with borders and columns of equal width; its header is repeated on every page."""
        self.columns([TableColumn(title, 1) for title in header], rows)

    def columns(
        self,
        columns: Sequence[TableColumn],
        rows: Sequence[Sequence[str] | str],
        *,
        last_is_total: bool = False,
        row_height: int = 0,
    ) -> None:
        """Add such a table with *columns* of their own width; the last row in bold if it is a total.

        A row that is one text heads those below it, over all columns.

        Rows are at least *row_height* millimetres high. A table of at most `SHORT` rows stays on one page, with
        the line that leads to it; no row of a longer one stands alone below its header or as its end.
        """
        self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        table = self._document.add_table(rows=0, cols=len(columns), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        whole = sum(column.width for column in columns)
        for at, cells in enumerate([[column.title for column in columns], *rows]):
            if isinstance(cells, str):
                fill_band(table.add_row(), cells)
                continue
            is_bold = at == 0 or (last_is_total and at == len(rows))
            fill(table.add_row(), columns, cells, is_head=at == 0, is_bold=is_bold, scale=WIDTH / whole)
        for column, drawn in zip(columns, table.columns, strict=True):
            drawn.width = Mm(WIDTH * column.width / whole)
            for cell in drawn.cells[1:] if row_height else ():
                cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        for row in table.rows[1:] if row_height else ():
            row.height = Mm(row_height)
        mark(table.rows[0], "w:tblHeader")
        narrow(table)
        keep_together(table.rows)
        self._line("", size=4, after=2)

    def signature(self, received_by: Sequence[str], role: str = "NGƯỜI ĐỨNG ĐẦU") -> None:
        """Add "Nơi nhận" on the left and the signature on the right, on the page of what stands before."""
        self._keep_last()
        left, right = self._parted(2)
        label = left.paragraphs[0].add_run("Nơi nhận:\n")
        label.bold = label.italic = True
        label.font.size = Pt(12)
        names = ";\n".join(f"- {each}" for each in received_by)
        left.paragraphs[0].add_run(f"{names}.").font.size = Pt(11)
        sign(right, role, "(Ký, ghi rõ họ tên, đóng dấu)")
        place_of_name(right)

    def signatures(self, roles: Sequence[str]) -> None:
        """Add the places of several signatures side by side, on the page of what stands before."""
        self._keep_last()
        cells = self._parted(len(roles), rows=2)
        for at, role in enumerate(roles):
            sign(cells[at], role, "(Ký, ghi rõ họ tên)")
            place_of_name(cells[len(roles) + at])

    def annex(self, title: str, note: str) -> None:
        """Begin a new page with the *title* of a list and, in italics, what it is enclosed with."""
        name = self._line(title.upper(), align=CENTRE, bold=True, size=14)
        name.paragraph_format.page_break_before = True
        self._line(note, align=CENTRE, italic=True, after=8)

    def to_bytes(self) -> bytes:
        """Return the file."""
        file = BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _lay_out(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        section.different_first_page_header_footer = True
        page = section.header.paragraphs[0]
        page.alignment = CENTRE
        field(page, "PAGE")
        normal = self._document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(SIZE)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)

    def _head(self, bodies: tuple[str, str], place: str, day: date | None, code: str) -> None:
        left, right = self._parted(2, (70, 95))
        left.paragraphs[0].alignment = right.paragraphs[0].alignment = CENTRE
        above, issuer = bodies
        left.paragraphs[0].add_run(f"{with_whole_place(above.upper())}\n" if above else "").font.size = Pt(12)
        name = left.paragraphs[0].add_run(with_whole_place(issuer.upper()))
        name.bold, name.font.size = True, Pt(12)
        short_rule(left)
        number = left.add_paragraph()
        number.alignment = CENTRE
        number.add_run(f"Số: ......{code}")
        title = right.paragraphs[0].add_run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n")
        title.bold, title.font.size = True, Pt(12)
        motto = right.paragraphs[0].add_run("Độc lập - Tự do - Hạnh phúc")
        motto.bold = motto.underline = True
        if day is None:
            return
        written = right.add_paragraph()
        written.alignment, written.paragraph_format.space_before = CENTRE, Pt(10)
        written.add_run(f"{place}, ngày {day.day} tháng {day.month} năm {day.year}").italic = True

    def _parted(self, parts: int, widths: Sequence[int] = (), rows: int = 1) -> Sequence[Any]:
        """Return the cells of a table without borders, row by row; its rows stay on one page."""
        table = self._document.add_table(rows=rows, cols=parts)
        table.autofit = False
        for column, width in zip(table.columns, widths or [WIDTH // parts] * parts, strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)
                cell.paragraphs[0].paragraph_format.keep_with_next = rows > 1
        for row in table.rows:
            mark(row, "w:cantSplit")
        return [cell for row in table.rows for cell in row.cells]

    def _keep_last(self) -> None:
        """Keep the last paragraph with words, or the last rows of a table before it, on the page of what follows."""
        for block in list(self._document.iter_inner_content())[:-3:-1]:
            if isinstance(block, Table):
                keep_with_next(block.rows[-2:])
                return
            block.paragraph_format.keep_with_next = True
            if block.text.strip():
                return

    def _rule(self, after: int) -> None:
        """Add a short rule, as below the issuer."""
        draw_rule(self._document.add_paragraph(), WIDTH, after)

    def _line(
        self,
        text: str,
        *,
        align: Any = None,
        bold: bool = False,
        italic: bool = False,
        size: int = SIZE,
        before: int = 0,
        after: int = 0,
    ) -> Any:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
        return paragraph
