"""The Aiken format: a line of text, choices "A) …" or "A. …", and a line "ANSWER: A"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.values.text import N_, clean
from quiz.bank.rules.lines import TextLine
from quiz.bank.rules.parsed import Parsed, ParsedChoice, ParsedQuestion

_CHOICE = re.compile(r"\s*([A-Z])\s*[.)]\s*(.*)")
_ANSWER = re.compile(r"\s*ANSWER\s*:\s*(.*?)\s*", re.IGNORECASE)
_FEW = N_("cần ít nhất hai phương án trước dòng ANSWER.")
_NOT_BEGUN = N_("phương án đứng trước lời câu hỏi.")
_UNKNOWN = N_("dòng ANSWER phải ghi chữ cái của một phương án, mà ghi “%(answer)s”.")
_NOT_ENDED = N_("câu trước chưa có dòng ANSWER.")
_TWO_TEXTS = N_("câu hỏi chỉ được một dòng, và sau đó là phương án.")


def is_aiken(lines: Sequence[TextLine]) -> bool:
    """Whether a text has answer lines of Aiken's and no other."""
    return any(_ANSWER.fullmatch(line.text) for line in lines)


@dataclass
class _Open:
    """The question being read."""

    line: TextLine
    choices: list[tuple[str, str]] = field(default_factory=list)


def read_aiken(lines: Sequence[TextLine]) -> Parsed:
    """Return the questions of an Aiken text; a question with a mistake is left out and its line reported."""
    parsed, question = Parsed(), None
    for line in lines:
        choice, answer = _CHOICE.fullmatch(line.text), _ANSWER.fullmatch(line.text)
        if not clean(line.text):
            continue
        if answer is not None:
            _end(parsed, question, line, answer[1])
            question = None
        elif choice is None:
            question = _begin(parsed, question, line)
        elif question is None:
            parsed.wrong(line.place, _NOT_BEGUN)
        else:
            question.choices.append((choice[1], clean(choice[2])))
    if question is not None:
        parsed.wrong(question.line.place, _NOT_ENDED)
    return parsed


def _begin(parsed: Parsed, question: _Open | None, line: TextLine) -> _Open:
    if question is not None:
        parsed.wrong(line.place, _NOT_ENDED if question.choices else _TWO_TEXTS)
    return _Open(line)


def _end(parsed: Parsed, question: _Open | None, line: TextLine, answer: str) -> None:
    """Add the question that an answer line ends."""
    letter = answer.upper()
    if question is not None and len(question.choices) < 2:
        parsed.wrong(line.place, _FEW)
    elif question is None or letter not in dict(question.choices):
        parsed.wrong(line.place, _UNKNOWN, answer=answer)
    else:
        choices = tuple(ParsedChoice(name, text, name == letter) for name, text in question.choices)
        parsed.questions.append(ParsedQuestion(clean(question.line.text), choices, place=question.line.place))
