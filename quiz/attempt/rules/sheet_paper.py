"""One readable row of a sheet of papers."""

from __future__ import annotations

from dataclasses import dataclass

from quiz.attempt.rules.entry import EntryValue

Person = tuple[str, ...]  # canonical phone, folded name, birth year if any


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """One readable row: who handed it in, for which unit (its key), and what ranking needs."""

    person: Person
    unit: str
    entry: EntryValue
