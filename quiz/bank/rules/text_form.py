"""The text in which questions are edited: what `read_text` reads and `questions_as_text` writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quiz.bank.rules.checks import check_questions
from quiz.bank.rules.lines import plain_lines
from quiz.bank.rules.parsed import Parsed, ParsedQuestion
from quiz.bank.rules.pictures import FoundPictures, KnownPictures, settle_pictures, take_pictures, with_mark
from quiz.bank.rules.written import read_written

LEVELS = ("rất dễ", "dễ", "trung bình", "khó", "rất khó")


def read_text(text: str, known: KnownPictures | None = None) -> Parsed:
    """Return the checked questions of a typed text, which may name the *known* pictures.

    >>> read_text("Ai?\\n*A. Quầy\\nB. Chợ").questions[0].key
    frozenset({'A'})
    """
    found = FoundPictures()
    parsed = take_pictures(read_written(plain_lines(found.hide(text))), found)
    return check_questions(settle_pictures(parsed, known or KnownPictures()))


def questions_as_text(questions: Iterable[ParsedQuestion]) -> str:
    """Return questions as the text that is edited, below the headings of their weeks; none give the empty text."""
    blocks, week = [], None
    for at, question in enumerate(questions, start=1):
        if question.week is not None and question.week != week:
            blocks.append(f"TUẦN {question.week}")
        week = question.week
        blocks.append("\n".join(_lines(at, question)))
    return "\n\n".join(blocks)


def _lines(at: int, question: ParsedQuestion) -> Iterator[str]:
    yield f"Câu {at}. {with_mark(question.text, question.image)}"
    for choice in question.choices:
        yield f"{'*' if choice.is_right else ''}{choice.letter}. {with_mark(choice.text, choice.image)}"
    if question.explanation:
        yield f"Giải thích: {question.explanation}"
    if question.source:
        yield f"Căn cứ: {question.source}"
    if question.topic:
        yield f"Chủ đề: {question.topic}"
    if question.difficulty:
        yield f"Mức độ: {LEVELS[question.difficulty - 1]}"
