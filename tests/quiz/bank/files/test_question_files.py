"""Files of questions: Word documents, sheets, Moodle's XML, and what is none of them."""

import io

import docx
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
