"""Write questions as a workbook, a Word document or GIFT, each of which reads back to the same questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

import docx
from docx.shared import Mm, Pt

from core.docx import DOCX, FONT, SIZE
from core.sheets.writing import book
from core.values.text import N_
from quiz.bank.files.grid import COLUMNS
from quiz.bank.labels import LEVELS
from quiz.bank.rules.gift_questions import write_gift
from quiz.bank.rules.parsed import LETTERS, ParsedChoice, ParsedQuestion
from quiz.bank.rules.pictures import with_mark

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHEET = N_("Câu hỏi")
_LEAST_CHOICES = 4


def questions_xlsx(questions: Sequence[ParsedQuestion]) -> bytes:
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


def questions_docx(questions: Sequence[ParsedQuestion]) -> bytes:
    """Return a Word document to print and to edit: the key in bold and on a line of its own."""
    document, file = docx.Document(), BytesIO()
    section, normal = document.sections[0], document.styles["Normal"]
    section.page_width, section.page_height = Mm(210), Mm(297)
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    normal.paragraph_format.space_after = Pt(3)
    for at, question in enumerate(questions, start=1):
        _add_question(document, at, question)
    document.save(file)
    return file.getvalue()


def _add_question(document: docx.document.Document, at: int, question: ParsedQuestion) -> None:
    stem = document.add_paragraph()
    stem.paragraph_format.space_before, stem.paragraph_format.keep_with_next = Pt(10), True
    stem.add_run(f"Câu {at}.").bold = True
    stem.add_run(f" {question.text}")
    for choice in question.choices:
        document.add_paragraph().add_run(f"{choice.letter}. {choice.text}").bold = choice.is_right
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


def questions_gift(questions: Sequence[ParsedQuestion]) -> bytes:
    """Return a GIFT text; it has no place for difficulties."""
    return write_gift(questions).encode()


EXPORTS: dict[str, tuple[str, Callable[[Sequence[ParsedQuestion]], bytes]]] = {
    "xlsx": (XLSX, questions_xlsx),
    "docx": (DOCX, questions_docx),
    "gift": ("text/plain", questions_gift),
}
"""Ending of the file → its media type, and what writes it."""
