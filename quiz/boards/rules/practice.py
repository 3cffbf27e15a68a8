"""Practise with the questions of a round: what was answered so far is remembered by the address alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

RIGHT, WRONG, OPEN = "1", "0", "-"


@dataclass(frozen=True)
class Practice:
    """A practice of *size* questions: the place of the one that is shown, and a mark for each (`RIGHT` and so on)."""

    place: int
    marks: str

    @property
    def size(self) -> int:
        """The number of questions."""
        return len(self.marks)

    @property
    def right(self) -> int:
        """How many were answered rightly."""
        return self.marks.count(RIGHT)

    @property
    def answered(self) -> int:
        """How many were answered."""
        return self.size - self.marks.count(OPEN)

    @property
    def is_over(self) -> bool:
        """Whether every question was answered."""
        return self.answered == self.size

    @property
    def next_place(self) -> int | None:
        """The place of the next question without an answer, after the last one from the first on; None at the end."""
        order = [*range(self.place + 1, self.size + 1), *range(1, self.place)]
        return next((place for place in order if self.marks[place - 1] == OPEN), None)

    def marked(self, is_right: bool) -> Practice:
        """Return the practice with the shown question answered."""
        mark = RIGHT if is_right else WRONG
        return replace(self, marks=self.marks[: self.place - 1] + mark + self.marks[self.place :])


def read_practice(size: int, place: str, marks: str) -> Practice:
    """Return the practice of *size* questions that an address describes; what it does not know is left out.

    >>> read_practice(3, "2", "1x"), read_practice(3, "9", "")
    (Practice(place=2, marks='1--'), Practice(place=1, marks='---'))
    """
    known = "".join(mark if mark in (RIGHT, WRONG) else OPEN for mark in marks[:size]).ljust(size, OPEN)
    is_place = place.isascii() and place.isdecimal() and len(place) < 4 and 1 <= int(place) <= size
    return Practice(int(place) if is_place else 1, known)
