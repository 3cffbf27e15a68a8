"""Word documents in the layout of Vietnamese offices (NĐ 30/2020/NĐ-CP), to be edited and signed elsewhere."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
SIZE = 13
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


class OfficeDocument:
    """A document on A4: national title, issuer, name of the document; then headings, paragraphs and tables."""

    def __init__(self, *, issuer: str, title: str, place: str, day: date) -> None:
        self._document = docx.Document()
        self._lay_out()
        self._head(issuer, place, day)
        self._line(title.upper(), align=CENTRE, bold=True, size=14, before=12, after=12)
        self._document.core_properties.title = title
        self._document.core_properties.author = issuer

    def heading(self, text: str) -> None:
        """Add a heading."""
        self._line(text, bold=True, before=10, after=4)

    def text(self, text: str) -> None:
        """Add a paragraph."""
        self._line(text, after=6)

    def items(self, texts: Sequence[str]) -> None:
        """Add a list, each item with a box to tick by hand."""
        for text in texts:
            self._line(f"☐ {text}", after=3)

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table with borders; its header is repeated on every page."""
        table = self._document.add_table(rows=0, cols=len(header), style="Table Grid")
        for at, cells in enumerate([header, *rows]):
            row = table.add_row()
            for cell, value in zip(row.cells, cells, strict=True):
                run = cell.paragraphs[0].add_run(value)
                run.bold, run.font.size = at == 0, Pt(11)
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
        self._line("", after=2)

    def signature(self, received_by: Sequence[str]) -> None:
        """Add "Nơi nhận" on the left and the signature on the right."""
        left, right = self._document.add_table(rows=1, cols=2).rows[0].cells
        label = left.paragraphs[0].add_run("Nơi nhận:\n")
        label.bold = label.italic = True
        label.font.size = Pt(12)
        left.paragraphs[0].add_run("\n".join(f"- {each};" for each in received_by)).font.size = Pt(11)
        right.paragraphs[0].alignment = CENTRE
        right.paragraphs[0].add_run("NGƯỜI ĐỨNG ĐẦU\n").bold = True
        right.paragraphs[0].add_run("(Ký, ghi rõ họ tên, đóng dấu)").italic = True

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
        _field(page, "PAGE")
        normal = self._document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(SIZE)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)

    def _head(self, issuer: str, place: str, day: date) -> None:
        left, right = self._document.add_table(rows=1, cols=2).rows[0].cells
        left.width, right.width = Mm(70), Mm(95)
        left.paragraphs[0].alignment = right.paragraphs[0].alignment = CENTRE
        left.paragraphs[0].add_run(f"{issuer.upper()}\n").bold = True
        left.paragraphs[0].add_run("Số:        /       ")
        right.paragraphs[0].add_run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n").bold = True
        motto = right.paragraphs[0].add_run("Độc lập - Tự do - Hạnh phúc")
        motto.bold = motto.underline = True
        self._line(f"{place}, ngày {day.day} tháng {day.month} năm {day.year}", align=RIGHT, italic=True, before=6)

    def _line(
        self, text: str, *, align: Any = None, bold: bool = False, italic: bool = False, size: int = SIZE,
        before: int = 0, after: int = 0,
    ) -> None:  # fmt: skip
        paragraph = self._document.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _field(paragraph: Any, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
