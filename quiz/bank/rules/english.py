"""The English of questions: read beside their Vietnamese, in the same order and with the same letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from core.values.text import N_, Sentence
from quiz.bank.rules.lines import plain_lines
from quiz.bank.rules.parsed import ParsedQuestion
from quiz.bank.rules.pictures import FoundPictures, take_pictures, with_mark
from quiz.bank.rules.written import read_written

_COUNT = N_("Bản tiếng Anh có %(there)s câu, bản tiếng Việt có %(wanted)s câu: xin viết đủ, cùng thứ tự.")
_NO_TEXT = N_("Câu %(number)s: thiếu lời câu hỏi.")
_LETTERS = N_("Câu %(number)s, bản tiếng Anh: cần đúng các phương án %(letters)s.")


def read_english(text: str, questions: Sequence[ParsedQuestion]) -> tuple[list[ParsedQuestion], list[Sentence | str]]:
    """Return *questions* with their texts in English, read from *text*, and what is wrong with it.

    All of them or none, so that a paper is in one language; the right choices are those of the Vietnamese. A blank text
    takes the English away.
    """
    found = FoundPictures()
    read = take_pictures(read_written(plain_lines(found.hide(text))), found)
    if not read.questions and not read.errors:
        return [replace(question, english=None) for question in questions], []
    there, wanted = len(read.questions), len(questions)
    if there != wanted:
        return list(questions), [Sentence(_COUNT, there=there, wanted=wanted)]
    pairs = list(zip(questions, read.questions, strict=True))
    unlike = [reason for number, pair in enumerate(pairs, start=1) for reason in _unlike(number, *pair)]
    mistakes = [*(problem.reason for problem in read.errors), *unlike]
    return [replace(question, english=english) for question, english in pairs], mistakes


def _unlike(number: int, question: ParsedQuestion, english: ParsedQuestion) -> Iterator[Sentence]:
    wanted, there = ([choice.letter for choice in each.choices] for each in (question, english))
    if not english.text:
        yield Sentence(_NO_TEXT, number=number)
    if wanted != there:
        yield Sentence(_LETTERS, number=number, letters=", ".join(wanted))


def english_as_text(questions: Iterable[ParsedQuestion]) -> str:
    """Return the English of questions as the text that `read_english` reads; "" where they have none."""
    asked = enumerate(questions, start=1)
    return "\n\n".join("\n".join(_lines(at, each.english)) for at, each in asked if each.english is not None)


def _lines(position: int, english: ParsedQuestion) -> Iterator[str]:
    yield f"Question {position}. {with_mark(english.text, english.image)}"
    for choice in english.choices:
        yield f"{choice.letter}. {with_mark(choice.text, choice.image)}"
    if english.explanation:
        yield f"Explanation: {english.explanation}"
    if english.source:
        yield f"Legal basis: {english.source}"
