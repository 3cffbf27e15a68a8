"""The number that people guessed at in an earlier round, of a hundred, and its drawing."""

from __future__ import annotations

from dataclasses import dataclass

ROWS, STEP = 5, 8
"""Dots of a column, and the distance of two dots in the units of the drawing."""


@dataclass(frozen=True)
class LastWeek:
    """An earlier round: how many of its people were right in everything; `right` is None where that was not guessed."""

    number: int
    people: int
    right: int | None = None
    name: str = ""

    @property
    def share(self) -> int | None:
        """Those right in everything, of a hundred people; None without people or where that was not guessed."""
        return None if self.right is None or not self.people else round(100 * self.right / self.people)

    @property
    def filled(self) -> str:
        """The outline of the filled ones among a hundred dots, column by column, as the path of an SVG.

        >>> LastWeek(1, 100, 12).filled, LastWeek(1, 100, 0).filled
        ('M0 0h16v40h-16zM16 0h8v16h-8z', '')
        """
        columns, rest = divmod(self.share or 0, ROWS)
        width, height = columns * STEP, ROWS * STEP
        whole = f"M0 0h{width}v{height}h-{width}z" if columns else ""
        return whole + (f"M{width} 0h{STEP}v{rest * STEP}h-{STEP}z" if rest else "")
