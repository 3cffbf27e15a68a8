"""Geometry of horizontal bars from zero, and of a sparkline."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.numbers import across, short


@dataclass(frozen=True)
class HBar:
    """A bar with its word and count. *width* is empty where the count is withheld."""

    name: str
    count: int
    width: str
    note: str = ""
    url: str = ""


def hbar(name: str, count: int, whole: int, *, note: str = "", url: str = "") -> HBar:
    """Return a bar whose full length stands for *whole*.

    >>> hbar("Số lần đi lại", 39, 78).width
    '50%'
    """
    return HBar(name, count, across(100 * count / whole) if whole else across(0), note, url)


def withheld(name: str) -> HBar:
    """Return the row of a count that is too small to be shown: a word without a bar."""
    return HBar(name, 0, "")


@dataclass(frozen=True)
class Spark:
    """A sparkline in a box of 100 by 100: its line, its reference line, and the y of the first and the last point."""

    line: str
    reference: str
    first_y: str
    last_y: str


def spark(shares: Sequence[float], foot: float = 0.0, top: float = 1.0, reference: float | None = None) -> Spark:
    """Return the sparkline of *shares*, from *foot* at the bottom to *top*.

    Raises:
        ValueError: there are fewer than two shares, or no height.
    """
    if len(shares) < 2 or foot >= top:
        raise ValueError("a sparkline has two points and a height")
    ys = [short(_down(share, foot, top)) for share in shares]
    xs = [short(100 * place / (len(shares) - 1)) for place in range(len(shares))]
    line = "M" + "L".join(f"{x} {y}" for x, y in zip(xs, ys, strict=True))
    return Spark(line, "" if reference is None else across(_down(reference, foot, top)), f"{ys[0]}%", f"{ys[-1]}%")


def _down(share: float, foot: float, top: float) -> float:
    return min(max(100 * (top - share) / (top - foot), 0.0), 100.0)
