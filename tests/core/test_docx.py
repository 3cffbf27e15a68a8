"""Documents of offices: what stays on one page, and how a table is divided."""

from datetime import date
from io import BytesIO

import docx

from core.docx import OfficeDocument, TableColumn


def paper(day=date(2026, 6, 5), issuer="Ban Tổ chức cuộc thi xã Lâm Bình"):
    return OfficeDocument(issuer=issuer, title="Danh sách", place="Lâm Bình", day=day)


def opened(paper):
    return docx.Document(BytesIO(paper.to_bytes()))


def kept(row):
    return row.cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_a_signature_stays_with_the_last_rows_above_it():
    made = paper()
    made.columns([TableColumn("Tên", 1)], [[str(at)] for at in range(30)])
    made.signatures(("NGƯỜI LẬP",))

    rows = opened(made).tables[1].rows

    assert [bool(kept(row)) for row in rows[-3:]] == [False, True, True]
    assert [bool(kept(row)) for row in rows[:3]] == [True, True, False]


def test_a_short_table_stays_on_one_page_and_a_row_of_one_text_heads_others():
    made = paper()
    made.columns([TableColumn("Tên", 1), TableColumn("Giải", 1)], ["Người dân", ["An", "Nhất"], ["Bình", "Nhì"]])

    rows = opened(made).tables[1].rows

    assert [bool(kept(row)) for row in rows] == [True, True, True, False]
    assert rows[1].cells[0]._tc is rows[1].cells[1]._tc


def test_an_empty_cell_is_no_higher_than_its_neighbours():
    made = paper()
    made.columns([TableColumn("Tên", 1), TableColumn("Giải", 1)], [["An", ""]])

    row = opened(made).tables[1].rows[1]

    sizes = row.cells[1].paragraphs[0]._p.xpath("w:pPr/w:rPr/w:sz/@w:val")
    assert (row.cells[0].paragraphs[0].runs[0].font.size.pt, [int(size) / 2 for size in sizes]) == (11, [11])


def test_minutes_have_no_date_in_their_head_and_a_place_is_not_divided():
    head = opened(paper(day=None)).tables[0].rows[0].cells

    assert "ngày" not in head[1].text
    assert head[0].text.startswith("BAN TỔ CHỨC CUỘC THI XÃ\u00a0LÂM\u00a0BÌNH")
