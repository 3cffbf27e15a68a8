"""A question as read from a file or a text, with its place there, and the problems that were found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from core.values.text import N_, Sentence, clean

LETTERS = "ABCDEFGH"
"""The letters of choices: eight at most."""
MOST_QUESTIONS = 1000
"""Questions of one file."""
IN_QUESTION = N_("Câu %(number)s: %(reason)s")


@dataclass(frozen=True, order=True)
class Place:
    """A place of a file: its order there, and its words such as "dòng 3"."""

    order: int = 0
    words: Sentence | str = field(default="", compare=False)


NOWHERE = Place()
"""The place of what concerns the whole file."""


class PictureRef(NamedTuple):
    """A picture by its digest, or the first letters of that, and what it shows in words."""

    digest: str
    alt: str


@dataclass(frozen=True)
class ParsedChoice:
    """A choice: its letter, its text, whether it is right, and its picture."""

    letter: str
    text: str
    is_right: bool = False
    image: PictureRef | None = None


@dataclass(frozen=True)
class ParsedQuestion:
    """A question with its choices, what participants read afterwards, and its place in the file."""

    text: str
    choices: tuple[ParsedChoice, ...] = ()
    explanation: str = ""
    source: str = ""
    topic: str = ""
    difficulty: int | None = None
    place: Place = NOWHERE
    number: int | None = None
    """Its number in the file, if it has one there."""
    english: ParsedQuestion | None = None
    """The same question in English, its choices under the same letters."""
    image: PictureRef | None = None
    week: int | None = None
    """The week, or other part of the contest, under whose heading it stands in the file."""

    @property
    def pictures(self) -> tuple[tuple[str, PictureRef], ...]:
        """Its pictures and those of its choices, each with the letter of the choice, "" for its own."""
        own = [("", self.image), *((choice.letter, choice.image) for choice in self.choices)]
        return tuple((letter, picture) for letter, picture in own if picture is not None)

    @property
    def key(self) -> frozenset[str]:
        """The letters of the right choices."""
        return frozenset(choice.letter for choice in self.choices if choice.is_right)


@dataclass(frozen=True)
class Problem:
    """Something to correct, or only to look at again, at a place of the file."""

    place: Place
    reason: Sentence | str
    is_error: bool = True


@dataclass
class Parsed:
    """The questions of a file in their order, and every problem that was found."""

    questions: list[ParsedQuestion] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep the whole file from being stored, in its order."""
        return self._sorted(is_error=True)

    @property
    def warnings(self) -> list[Problem]:
        """The problems to look at again, in the order of the file."""
        return self._sorted(is_error=False)

    def _sorted(self, *, is_error: bool) -> list[Problem]:
        return sorted((each for each in self.problems if each.is_error is is_error), key=lambda each: each.place)

    def wrong(self, place: Place, wording: str, /, **values: object) -> None:
        """Add an error."""
        self.problems.append(Problem(place, Sentence(wording, **values)))

    def doubtful(self, place: Place, wording: str, /, **values: object) -> None:
        """Add a warning."""
        self.problems.append(Problem(place, Sentence(wording, **values), is_error=False))


def lettered(texts: Sequence[str], right: Iterable[int]) -> tuple[ParsedChoice, ...]:
    """Return choices lettered from A in their order; *right* are the places of the right ones, from 0.

    >>> [choice.letter for choice in lettered(["Ba", "Năm"], {1}) if choice.is_right]
    ['B']
    """
    keys = frozenset(right)
    return tuple(
        ParsedChoice(letter, clean(text), place in keys)
        for place, (letter, text) in enumerate(zip(LETTERS, texts, strict=False))
    )


def shortened(text: str, most: int = 60) -> str:
    """Return a text as a message quotes it: clean, at most *most* characters.

    >>> shortened("Một hai ba", 7)
    'Một ha…'
    """
    text = clean(text)
    return text if len(text) <= most else text[: most - 1] + "…"
