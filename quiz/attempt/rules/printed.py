"""The questions of a round as they stand on printed sheets, and which questions of the round they are today."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

SameWords = Callable[[str, str], bool]
"""Says of two wordings whether they ask the same: equal, or one without a typing error of the other."""


@dataclass(frozen=True, slots=True)
class PrintedChoice:
    """A choice on paper: its letter in the round, its text, and the digest of its picture, "" without one."""

    letter: str
    text: str
    picture: str = ""

    @property
    def face(self) -> tuple[str, str]:
        """Its text and its picture."""
        return self.text, self.picture


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """A question on paper: its position in the round, what people read of it, and what its place on a sheet needs."""

    position: int
    text: str
    choices: tuple[PrintedChoice, ...]
    picture: str = ""
    asks_several: bool = False
    topic: str = ""
    keeps_choices: bool = False

    @property
    def face(self) -> tuple[object, ...]:
        """Its picture, its choices in a fixed order, and whether several may be right."""
        return self.picture, self.asks_several, tuple(sorted(each.face for each in self.choices))

    def letters_in(self, other: PrintedQuestion) -> dict[str, str]:
        """Return the letters of its choices in the round → those of the same choices of *other*.

        Choices that read alike keep their order.
        """
        ours, theirs = (sorted(each.choices, key=lambda choice: choice.face) for each in (self, other))
        return {mine.letter: its.letter for mine, its in zip(ours, theirs, strict=True)}


@dataclass(frozen=True)
class QuestionPrint:
    """The questions of a round with the rules by which a sheet orders them: all that a sheet is decoded by."""

    questions: tuple[PrintedQuestion, ...]
    shuffles: bool
    shown: int | None

    def to_text(self) -> str:
        """Return it as JSON, the same text for the same paper."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @staticmethod
    def from_text(text: str) -> QuestionPrint:
        """Return what `to_text` wrote.

        >>> paper = QuestionPrint((PrintedQuestion(1, "Ai?", (PrintedChoice("A", "Tôi"),)),), True, None)
        >>> QuestionPrint.from_text(paper.to_text()) == paper
        True
        """
        data: dict[str, Any] = json.loads(text)
        questions = [
            each | {"choices": tuple(PrintedChoice(**choice) for choice in each["choices"])}
            for each in data.pop("questions")
        ]
        return QuestionPrint(tuple(PrintedQuestion(**each) for each in questions), **data)


def counterparts(
    printed: Sequence[PrintedQuestion], present: Sequence[PrintedQuestion], same_words: SameWords
) -> dict[int, PrintedQuestion | None]:
    """Return the question of the round today for each printed one by its position; None for one that has changed.

    They are the same where people read the same: the words (typing errors aside), the choices in any order, the
    pictures, and whether several choices may be right. The key is not compared: it marks, and is not on the sheet.
    """
    free = list(present)
    found: dict[int, PrintedQuestion | None] = {}
    for question in printed:
        alike = (each for each in free if each.face == question.face and same_words(question.text, each.text))
        match = next(alike, None)
        found[question.position] = match
        if match is not None:
            free.remove(match)
    return found


def spans_of(numbers: Sequence[int]) -> str:
    """Return sheet numbers as spans.

    >>> spans_of([1, 2, 3, 7])
    '1–3, 7'
    """
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], number]
        else:
            spans.append([number])
    return ", ".join("–".join(map(str, span)) for span in spans)
