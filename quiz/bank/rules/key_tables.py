"""Tables of keys at the end of a file or of a week: letters by the number of the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from core.values.text import N_
from quiz.bank.rules.parsed import Parsed, Place

_NOT_LISTED = N_("Bảng đáp án có câu %(numbers)s, mà đề không có câu ấy.")
_TWICE = N_("Bảng đáp án ghi câu %(number)s hai lần khác nhau.")
_AMBIGUOUS = N_("Số câu bị lặp lại nên không biết bảng đáp án chỉ câu nào; xin đánh số liền từ 1 đến hết.")


class Numbered(NamedTuple):
    """A question: the week under whose heading it stands, and its number in the file."""

    week: int | None
    number: int | None


@dataclass
class KeyTable:
    """A table of keys."""

    letters: dict[int, str] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    contrary: list[int] = field(default_factory=list)

    def add(self, pairs: Mapping[int, str], place: Place) -> None:
        """Add the entries of a line."""
        for number, letters in pairs.items():
            if self.letters.setdefault(number, letters) != letters:
                self.contrary.append(number)
            self.places.setdefault(number, place)

    def answers(self, numbers: Sequence[int | None], parsed: Parsed) -> list[str | None]:
        """Return the entry of each question, by its number, or by its place where questions have none."""
        for number in self.contrary:
            parsed.wrong(self.places[number], _TWICE, number=number)
        named = [number for number in numbers if number is not None]
        if len(set(named)) < len(named) and set(self.letters) != set(range(1, len(numbers) + 1)):
            parsed.wrong(next(iter(self.places.values())), _AMBIGUOUS)
            return [None] * len(numbers)
        is_numbered = len(named) == len(numbers) and len(set(named)) == len(named)
        own = [number or 0 for number in numbers] if is_numbered else list(range(1, len(numbers) + 1))
        left = sorted(set(self.letters) - set(own))
        if left:
            parsed.wrong(self.places[left[0]], _NOT_LISTED, numbers=", ".join(map(str, left)))
        return [self.letters.get(number) for number in own]


class KeyTables:
    """The tables of a file. One that names no week is about the whole file if it is alone, else about the week that it
    stands in.
    """

    def __init__(self) -> None:
        self._tables: dict[tuple[bool, int | None], KeyTable] = {}

    def add(self, pairs: Mapping[int, str], place: Place, *, named: int | None, within: int | None) -> None:
        """Add the entries of a line that *named* a week, or stood *within* the questions of one."""
        key = (named is not None, within if named is None else named)
        self._tables.setdefault(key, KeyTable()).add(pairs, place)

    def answers(self, questions: Sequence[Numbered], parsed: Parsed) -> list[str | None]:
        """Return the entry of each question, None where no table has one; contradictions are reported."""
        found: list[str | None] = [None] * len(questions)
        for (is_named, week), table in self._tables.items():
            is_whole = not is_named and len(self._tables) == 1
            places = [at for at, each in enumerate(questions) if is_whole or each.week == week]
            if not places:  # questions above the first heading, whose keys alone name their week
                places = [at for at, each in enumerate(questions) if each.week is None]
            entries = table.answers([questions[at].number for at in places], parsed)
            for at, entry in zip(places, entries, strict=True):
                found[at] = entry or found[at]
        return found
