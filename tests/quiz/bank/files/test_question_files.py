"""Files of questions: Word documents, sheets, Moodle's XML, and what is none of them."""

import io
from datetime import datetime

import docx
import openpyxl
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import RGBColor

from core.sheets.cells import SheetError
from quiz.bank.files.formats import read_questions_file
from quiz.bank.files.template import template


def word(build):
    """Return the questions of a document that *build* writes."""
    document, file = docx.Document(), io.BytesIO()
    build(document)
    document.save(file)
    return read_questions_file(file.getvalue(), "cau-hoi.docx").parsed


def keys(parsed):
    assert not parsed.errors, [(each.place.words, each.reason) for each in parsed.errors]
    return ["".join(sorted(question.key)) for question in parsed.questions]


def fill(table, rows):
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def choices(document, right, *, mark, whole=True):
    """Add three choices, of which the letter or the whole of one is marked."""
    for letter, text in zip("ABC", ("Một", "Hai", "Ba"), strict=True):
        paragraph = document.add_paragraph()
        runs = [paragraph.add_run(letter), paragraph.add_run(f". {text}")]
        if letter == right:
            for run in runs if whole else runs[:1]:
                mark(run)


def bold(run):
    run.bold = True


def underlined(run):
    run.underline = True


def red(run):
    run.font.color.rgb = RGBColor(255, 0, 0)


def yellow(run):
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


@pytest.mark.parametrize("mark", [bold, underlined, red, yellow])
@pytest.mark.parametrize("whole", [True, False])
def test_the_marked_choice_of_a_document_is_the_key(mark, whole):
    def build(document):
        document.add_paragraph().add_run("Câu 1. Hỏi?").bold = True
        choices(document, "B", mark=mark, whole=whole)

    assert keys(word(build)) == ["B"]


def test_lines_that_word_numbers_by_itself_begin_questions():
    def build(document):
        for text in ("Ai?", "Gì?"):
            document.add_paragraph(text, style="List Number")
            choices(document, "C", mark=bold)

    parsed = word(build)

    assert keys(parsed) == ["C", "C"]
    assert [(question.number, question.text) for question in parsed.questions] == [(1, "Ai?"), (2, "Gì?")]


def test_choices_in_a_table_and_a_table_of_keys_are_read():
    def build(document):
        document.add_paragraph("Câu 1. Một?")
        fill(document.add_table(2, 2), [("A. Một", "C. Ba"), ("B. Hai", "D. Bốn")])
        document.add_paragraph("Câu 2. Hai?\nA. Một\nB. Hai")
        fill(document.add_table(2, 3), [("Câu", "1", "2"), ("Đáp án", "D", "B")])

    parsed = word(build)

    assert keys(parsed) == ["D", "B"]
    assert [choice.text for choice in parsed.questions[0].choices] == ["Một", "Hai", "Ba", "Bốn"]


def test_a_table_of_questions_has_a_row_each():
    def build(document):
        rows = [
            ("STT", "Nội dung câu hỏi", "Phương án A", "Phương án B", "Đáp án"),
            ("1", "Ai?", "Quầy", "Chợ", "A"),
            ("2", "Gì?", "Một", "Hai", "C"),
        ]
        fill(document.add_table(3, 5), rows)

    parsed = word(build)

    assert [(each.place.words, str(each.reason)) for each in parsed.errors] == [
        ("bảng 1, hàng 3", "Câu 2: đáp án C không có trong các phương án.")
    ]


def test_a_deleted_text_is_no_text_and_a_picture_is_reported():
    def build(document):
        document.add_paragraph("Câu 1. Hỏi?")
        choices(document, "A", mark=bold)
        deleted = document.paragraphs[1].add_run(" bỏ")._r
        gone = docx.oxml.OxmlElement("w:del")
        deleted.addprevious(gone)
        gone.append(deleted)
        document.paragraphs[0].runs[0]._r.append(docx.oxml.OxmlElement("w:drawing"))

    parsed = word(build)

    assert parsed.questions[0].choices[0].text == "Một"
    assert [each.place.words for each in parsed.warnings] == ["đoạn 1"]


SHEET = "Câu hỏi,A,B,C,Đáp án,Căn cứ,Mức độ\nAi?,Quầy,Chợ,,B,Luật,dễ\nGì?,Một,,Ba,Q,,vừa vừa\n"


def test_every_problem_of_a_sheet_has_its_cell():
    parsed = read_questions_file(SHEET.encode(), "cau-hoi.csv").parsed

    assert [each.place.words for each in parsed.errors] == ["ô C3", "ô E3", "ô G3"]
    assert (parsed.questions[0].key, parsed.questions[0].source, parsed.questions[0].difficulty) == ({"B"}, "Luật", 2)


def test_rows_pasted_from_a_spreadsheet_need_no_header():
    parsed = read_questions_file("Ai?\tQuầy\tChợ\tNhà\tA\nGì?\tMột\tHai\tBa\tA, C".encode(), "dan.txt").parsed

    assert keys(parsed) == ["A", "AC"]


def test_the_template_holds_no_question_and_its_examples_are_not_read():
    with pytest.raises(SheetError, match="chưa có dòng nào"):
        read_questions_file(template(), "mau.xlsx")


MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Đất đai</text></category></question>
<question type="multichoice">
<questiontext format="html"><text><![CDATA[<p>Ai <b>ký</b>?</p>]]></text></questiontext>
<generalfeedback><text>Vì thế. Căn cứ: Điều 5</text></generalfeedback>
<answer fraction="50"><text>Chủ tịch</text></answer><answer fraction="0"><text>Thôn</text></answer>
<answer fraction="50"><text>Phó Chủ tịch</text></answer></question>
<question type="truefalse"><questiontext><text>Đúng không?</text></questiontext>
<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
<question type="essay"><questiontext><text>Viết</text></questiontext></question>
</quiz>"""


def test_moodles_questions_with_choices_are_read_and_others_named():
    parsed = read_questions_file(MOODLE.encode(), "cau-hoi.xml").parsed
    first, second = parsed.questions

    assert (first.text, first.key, first.topic, first.source) == ("Ai ký?", {"A", "C"}, "Đất đai", "Điều 5")
    assert ([choice.text for choice in second.choices], second.key) == (["Đúng", "Sai"], {"A"})
    assert [(each.place.order, str(each.reason)[:16]) for each in parsed.errors] == [(11, "câu loại “essay”")]


def test_a_document_type_is_refused_before_any_entity_is_read():
    bomb = b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "' + b"x" * 99 + b'">]><quiz>&a;</quiz>'

    (problem,) = read_questions_file(bomb, "a.xml").parsed.errors

    assert "DOCTYPE" in str(problem.reason)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"%PDF-1.7", "de.pdf", "là PDF"),
        (b"\xd0\xcf\x11\xe0abc", "de.doc", "Lưu thành"),
        (b"\x89PNG\r\n", "de.png", "không phải câu hỏi"),
        (b"PK\x03\x04abc", "de.docx", "Không đọc được"),
    ],
)
def test_a_file_that_can_not_be_read_says_what_to_do(data, name, reason):
    with pytest.raises(SheetError, match=reason):
        read_questions_file(data, name)


def marked(text):
    return docx.oxml.parse_xml(f'<w:r xmlns:w="{NAMESPACE}" xmlns:v="urn:schemas-microsoft-com:vml">{text}</w:r>')


NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FRAME = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
CONTROL = f'<w:sdt xmlns:w="{NAMESPACE}"><w:sdtContent/></w:sdt>'


def lines(document, text):
    return [document.add_paragraph(line) for line in text.splitlines()]


def test_text_in_frames_controls_and_tables_of_tables_is_read():
    def build(document):
        paragraphs = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in ("Câu 1. Khung?", "*A. x", "B. y"))
        document.add_paragraph()._p.append(marked(FRAME.format(paragraphs)))
        control = docx.oxml.parse_xml(CONTROL)
        document.element.body.insert(1, control)
        for paragraph in lines(document, "Câu 2. Ô?\nA. x\n*B. y"):
            control[0].append(paragraph._p)
        cell = document.add_table(1, 1).rows[0].cells[0]
        cell.text = "Câu 3. Bảng?"
        fill(cell.add_table(1, 2), [("A. x", "*B. y")])

    parsed = word(build)

    assert keys(parsed) == ["A", "B", "B"]
    assert [question.text for question in parsed.questions] == ["Khung?", "Ô?", "Bảng?"]


def test_hidden_letters_footnotes_and_unknown_signs_are_reported():
    def build(document):
        stem, *_rest = lines(document, "Câu 1. Hỏi?\n*A. Một\nB. Hai")
        stem._p.append(marked('<w:footnoteReference w:id="2"/>'))
        stem._p.append(marked("<w:rPr><w:vanish/></w:rPr><w:t> (B)</w:t>"))
        stem._p.append(marked('<w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="Webdings" w:char="F0AA"/>'))

    parsed = word(build)

    assert parsed.questions[0].text == "Hỏi?≥"
    assert [str(each.reason)[:22] for each in parsed.warnings] == [
        "Chỗ này có chú thích c",
        "Chỗ này có chữ ẩn, khô",
        "Chỗ này có ký hiệu khô",
    ]


@pytest.mark.parametrize(
    "font", ["C©u 1. Cã mÊy møc?|A. Ba|B. Bèn|§¸p ¸n: B", "Caâu 1. Coù maáy möùc?|A. Ba|B. Boán|Ñaùp aùn: B"]
)
def test_old_fonts_are_converted_with_a_word(font):
    read = [
        word(lambda document: lines(document, font.replace("|", "\n"))),
        read_questions_file(font.replace("|", "\n").encode(), "dan.txt").parsed,
    ]

    for parsed in read:
        assert keys(parsed) == ["B"]
        assert [parsed.questions[0].text, parsed.questions[0].choices[1].text] == ["Có mấy mức?", "Bốn"]
        assert "phông chữ cũ" in str(parsed.warnings[0].reason)


def test_letters_that_were_lost_when_saving_are_an_error():
    parsed = read_questions_file("Câu 1. Th?i h?n nào?\n*A. Một\nB. Hai".encode(), "dan.txt").parsed

    assert [str(each.reason)[:32] for each in parsed.errors] == ["Câu 1: có chữ đã mất khi lưu tệp"]


STACKED = (
    ("STT", "Câu hỏi, phương án", "Đáp án"),
    ("1", "Ai?\nA. Quầy\nB. Chợ", "B"),
    ("2", "Gì?\nA. Một\nB. Hai", "D"),
)


def test_choices_in_the_cell_of_their_question_are_read():
    parsed = word(lambda document: fill(document.add_table(3, 3), STACKED))

    assert [(each.number, each.text, sorted(each.key)) for each in parsed.questions] == [
        (1, "Ai?", ["B"]),
        (2, "Gì?", []),
    ]
    assert [str(each.reason) for each in parsed.errors] == ["Câu 2: đáp án D không có trong các phương án."]


def test_choices_in_a_row_each_are_read_from_merged_cells():
    def build(document):
        table = document.add_table(5, 3)
        rows = [
            ("Câu hỏi", "Phương án", "Đáp án"),
            ("Ai?", "A. Quầy", ""),
            ("", "B. Chợ", "X"),
            ("Gì?", "A. Một", "Đ"),
            ("", "B. Hai", ""),
        ]
        fill(table, rows)
        for first in (1, 3):
            table.cell(first, 0).merge(table.cell(first + 1, 0))

    assert keys(word(build)) == ["B", "A"]


def test_a_table_of_keys_may_be_numbered_by_word():
    def build(document):
        lines(document, "Câu 1. Một?\nA. x\nB. y\nCâu 2. Hai?\nA. x\nB. y\nĐÁP ÁN")
        table = document.add_table(2, 2)
        for row, letter in zip(table.rows, "BA", strict=True):
            row.cells[0].paragraphs[0].style = "List Number"
            row.cells[1].text = letter

    assert keys(word(build)) == ["B", "A"]


def workbook(*sheets):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    del book[book.sheetnames[0]]
    book.save(file)
    return read_questions_file(file.getvalue(), "cau-hoi.xlsx").parsed


def test_cells_are_read_as_people_write_them_and_a_sheet_may_be_a_week():
    parsed = workbook(
        ("Tuần 1", [["Câu hỏi", "Đáp án A", "Đáp án B", "Đáp án đúng"], ["Bao nhiêu?", 2.5, 0.8, "A"]]),
        ("Tuần 2", [["STT", "Câu hỏi", "A", "B", "Đáp án"], [1, "Ngày nào?", datetime(2025, 7, 1), True, "B"]]),
    )

    assert [[each.text for each in question.choices] for question in parsed.questions] == [
        ["2,5", "0,8"],
        ["01/07/2025", "Đúng"],
    ]
    assert [(each.week, *sorted(each.key)) for each in parsed.questions] == [(1, "A"), (2, "B")]
    assert [str(each.reason)[:41] for each in parsed.warnings[1:]] == [
        "Câu 1: Excel giữ phương án B dưới dạng số",
        "Câu 2: Excel giữ phương án A dưới dạng ng",
    ]


def test_numbers_are_read_as_their_cells_show_them():
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["Câu hỏi", "A", "B", "C", "D", "Đáp án"])
    sheet.append(["Bao nhiêu?", 1000, 0.8, 1234.5, 2025, "A"])
    formats = ("#,##0", "0%", '#,##0.00" đồng"', "General")
    for cell, number_format in zip(sheet[2][1:], formats, strict=False):
        cell.number_format = number_format
    book.save(file)

    parsed = read_questions_file(file.getvalue(), "cau-hoi.xlsx").parsed

    assert [choice.text for choice in parsed.questions[0].choices] == ["1.000", "80%", "1.234,50 đồng", "2025"]
    assert not parsed.warnings


def test_a_formula_without_a_result_is_an_error():
    parsed = workbook(("1", [["Câu hỏi", "Phương án 1", "Phương án 2", "C", "Đáp án"], ["Gì?", "x", "y", "=A1", 2]]))

    assert [str(each.reason)[:24] for each in parsed.errors] == ["Bảng tính có 1 ô công th"]
    assert sorted(parsed.questions[0].key) == ["B"]


def test_a_page_named_as_a_workbook_is_read():
    cells = "".join(f"<td>{each}</td>" for each in ("Câu hỏi", "A", "B", "Đáp án"))
    row = "".join(f"<td>{each}</td>" for each in ("Ai?", "Quầy", "Chợ", "B"))
    page = f"<html><table><tr>{cells}</tr><tr>{row}</tr></table></html>"

    assert keys(read_questions_file(page.encode(), "cau-hoi.xls").parsed) == ["B"]


def test_choices_behind_bullets_or_numbers_that_word_prints_are_read():
    def build(document):
        for style, key in (("List Bullet", "Đáp án: 2"), ("List Number", "Đáp án: B")):
            document.add_paragraph("Câu 1. Ai?" if style == "List Bullet" else "Câu 2. Gì?")
            for text in ("Chợ", "Quầy", "Xã"):
                document.add_paragraph(text, style=style)
            document.add_paragraph(key)
        document.add_paragraph("Câu 3. Việc nào sau đây:")
        document.add_paragraph("nộp hồ sơ", style="List Bullet")
        choices(document, "C", mark=bold)

    parsed = word(build)

    assert keys(parsed) == ["B", "B", "C"]
    assert [choice.text for choice in parsed.questions[0].choices] == ["Chợ", "Quầy", "Xã"]
    assert parsed.questions[2].text == "Việc nào sau đây: nộp hồ sơ"
