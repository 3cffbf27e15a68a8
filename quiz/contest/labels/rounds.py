"""The name of a round as a page prints it."""

from typing import Protocol

from core.translation import gettext


class Named(Protocol):
    """A round, or what stands for one: its number, and its name where it is no week."""

    @property
    def number(self) -> int:
        """Its number in the contest."""

    @property
    def name(self) -> str:
        """Its own name; empty for a week."""


def round_name(round: Named) -> str:
    """Return the name of *round* as a line begins with it: Tuần 3, or its own."""
    return round.name or gettext("Tuần %(number)s", number=round.number)


def round_words(round: Named) -> str:
    """Return the name of *round* inside a sentence: tuần 3, or its own."""
    return round.name or gettext("tuần %(number)s", number=round.number)
