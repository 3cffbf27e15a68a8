"""Write questions as a workbook, a Word document or GIFT, each of which reads back to the same questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

import docx
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from PIL import Image

from core.docx import DOCX, FONT, SIZE
from core.sheets.writing import book
from core.values.text import N_
from quiz.bank.files.grid import COLUMNS
from quiz.bank.labels import LEVELS
from quiz.bank.rules.gift_questions import write_gift
from quiz.bank.rules.parsed import LETTERS, ParsedChoice, ParsedQuestion, PictureRef
from quiz.bank.rules.pictures import fitted, with_mark

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEET = N_("Câu hỏi")
_LEAST_CHOICES = 4
MM_PER_DOT = 0.2
"""Millimetres of a Word page for each dot of a page on the screen: the widest picture takes 128 mm."""


def questions_xlsx(questions: Sequence[ParsedQuestion], _pictures: Mapping[str, bytes]) -> bytes:
    """Return a workbook with the columns of the template."""
    most = max([_LEAST_CHOICES, *(len(question.choices) for question in questions)])
    unused = {letter.lower() for letter in LETTERS[most:]}
    columns = [column for column in COLUMNS if column.name not in unused]
    with book() as (made, file):
        made.add(
            _SHEET, [[each.title for each in columns], *([_cell(q, each.name) for each in columns] for q in questions)]
        )
    return file.getvalue()


def _cell(question: ParsedQuestion, column: str) -> str:
    if len(column) == 1:
        return next((_marked(choice) for choice in question.choices if choice.letter == column.upper()), "")
    if column == "key":
        return ", ".join(sorted(question.key))
    if column == "difficulty":
        return LEVELS[question.difficulty - 1] if question.difficulty else ""
    return _marked(question) if column == "text" else str(getattr(question, column))


def _marked(each: ParsedQuestion | ParsedChoice) -> str:
    return with_mark(each.text, each.image)


def questions_docx(questions: Sequence[ParsedQuestion], pictures: Mapping[str, bytes]) -> bytes:
    """Return a Word document to print and to edit: the key in bold and on a line of its own, pictures as they are.

    *pictures* are WebP by digest.
    """
    document, file = docx.Document(), BytesIO()
    section, normal = document.sections[0], document.styles["Normal"]
    section.page_width, section.page_height = Mm(210), Mm(297)
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    normal.paragraph_format.space_after = Pt(3)
    for at, question in enumerate(questions, start=1):
        _add_question(document, at, question, pictures)
    document.save(file)
    return file.getvalue()


def _add_picture(paragraph: Paragraph, ref: PictureRef | None, pictures: Mapping[str, bytes]) -> None:
    """Add a picture behind the words of a paragraph, as PNG, with its words as Word's alternative text."""
    data = pictures.get(ref.digest) if ref else None
    if ref is None or data is None:
        return
    with Image.open(BytesIO(data), formats=("WEBP",)) as picture:
        wide, high = fitted(picture.width, picture.height, is_choice=False)
        file = BytesIO()
        picture.save(file, "PNG")
    shape = paragraph.add_run(" ").add_picture(file, Mm(wide * MM_PER_DOT), Mm(high * MM_PER_DOT))
    shape._inline.docPr.set("descr", ref.alt)


def _add_question(
    document: docx.document.Document, at: int, question: ParsedQuestion, pictures: Mapping[str, bytes]
) -> None:
    stem = document.add_paragraph()
    stem.paragraph_format.space_before, stem.paragraph_format.keep_with_next = Pt(10), True
    stem.add_run(f"Câu {at}.").bold = True
    stem.add_run(f" {question.text}")
    _add_picture(stem, question.image, pictures)
    for choice in question.choices:
        line = document.add_paragraph()
        line.add_run(f"{choice.letter}. {choice.text}").bold = choice.is_right
        _add_picture(line, choice.image, pictures)
    said = {
        "Đáp án": ", ".join(sorted(question.key)),
        "Giải thích": question.explanation,
        "Căn cứ": question.source,
        "Chủ đề": question.topic,
        "Mức độ": LEVELS[question.difficulty - 1] if question.difficulty else "",
    }
    for label, text in said.items():
        if text:
            document.add_paragraph(f"{label}: {text}")


def questions_gift(questions: Sequence[ParsedQuestion], _pictures: Mapping[str, bytes]) -> bytes:
    """Return a GIFT text; it has no place for difficulties."""
    return write_gift(questions).encode()


EXPORTS: dict[str, tuple[str, Callable[[Sequence[ParsedQuestion], Mapping[str, bytes]], bytes]]] = {
    "xlsx": (XLSX, questions_xlsx),
    "docx": (DOCX, questions_docx),
    "gift": ("text/plain", questions_gift),
}
"""Ending of the file → its media type, and what writes it."""
