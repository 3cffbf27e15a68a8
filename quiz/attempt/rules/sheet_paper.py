"""One readable row of a sheet of papers."""

from __future__ import annotations

from dataclasses import dataclass

from quiz.attempt.rules.entry import EntryValue

Person = tuple[str, ...]  # canonical phone, folded name, birth year if any


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """A readable row: the person, the unit (its key), and the values for ranking."""

    person: Person
    unit: str
    entry: EntryValue
