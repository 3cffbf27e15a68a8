"""The numbers that a list of dossiers does not hold."""

from dataclasses import dataclass

from survey.dossier.rules.numbers import begins_at_one


@dataclass(frozen=True)
class NumberGap:
    """The numbers of a series from *first* to *last* that no dossier of the list has."""

    series: str
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many numbers are missing.

        >>> NumberGap("#/2026", 7, 9).count
        3
        """
        return self.last - self.first + 1


def gap_before(series: str, serial: int, earlier: int | None) -> NumberGap | None:
    """Return the gap below *serial*, where *earlier* is the next lower number of the list; None if nothing is missing.

    Before the lowest number of a series something is missing only where the series begins at 1.

    >>> gap_before("H51.25-260105-", 3, None)
    NumberGap(series='H51.25-260105-', first=1, last=2)
    >>> gap_before("#/2026", 3, None) is None
    True
    """
    if earlier is None:
        return NumberGap(series, 1, serial - 1) if begins_at_one(series) and serial > 1 else None
    return NumberGap(series, earlier + 1, serial - 1) if serial > earlier + 1 else None
