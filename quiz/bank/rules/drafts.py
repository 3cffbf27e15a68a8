"""A question while its lines are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.values.text import clean
from quiz.bank.rules.keys import WrittenChoice
from quiz.bank.rules.lines import TextLine
from quiz.bank.rules.parsed import LETTERS, ParsedChoice, ParsedQuestion, Place


@dataclass
class QuestionDraft:
    """A question while its lines are read; `last` names the part that words go on with."""

    at: int
    """Its place among the questions, from 1."""
    place: Place
    number: int | None = None
    stem: list[str] = field(default_factory=list)
    choices: list[WrittenChoice] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    difficulty: int | None = None
    week: int | None = None
    answer: TextLine | None = None
    last: str = "stem"
    listed: int = 0
    """The last number of a list "1. …, 2. …" in its words."""

    def expects(self, letter: str) -> bool:
        """Whether a choice with *letter* may come next: "H. Lâm Bình" below a question's first line is no choice."""
        place = LETTERS.index(letter.upper())
        return place == 0 or place <= len(self.choices) + 2

    def question(self, key: frozenset[str], explanation: str) -> ParsedQuestion:
        """Return the question with this key, and what stood beside its answer as part of the explanation."""
        texts = self.texts
        in_order = sorted(self.choices, key=lambda each: each.letter)  # tables may go column by column
        return ParsedQuestion(
            text=clean(" ".join(self.stem)),
            choices=tuple(ParsedChoice(each.letter, each.text, each.letter in key) for each in in_order),
            explanation=clean(f"{texts.get('explanation', '')} {explanation}"),
            source=texts.get("source", ""),
            topic=texts.get("topic", ""),
            difficulty=self.difficulty,
            place=self.place,
            number=self.number,
            week=self.week,
        )
