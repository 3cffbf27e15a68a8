"""Whether dossiers were returned in time, and how far a list agrees with the provincial system."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Punctuality:
    """The dossiers of a period.

    Attributes:
        received: those received in it.
        on_time, late: those returned in it, by their due day and after it.
        without_due: those returned in it whose due day the list does not give.
        open_in_time, overdue: those not returned at its end, due later (or without a due day), and due before.
    """

    received: int = 0
    on_time: int = 0
    late: int = 0
    without_due: int = 0
    open_in_time: int = 0
    overdue: int = 0

    @property
    def returned(self) -> int:
        """The dossiers returned in the period."""
        return self.on_time + self.late + self.without_due

    @property
    def judged(self) -> int:
        """The returned dossiers with a due day: the denominator of the share."""
        return self.on_time + self.late

    @property
    def still_open(self) -> int:
        """The dossiers not returned at the end of the period."""
        return self.open_in_time + self.overdue

    @property
    def share(self) -> float | None:
        """The share of returned dossiers that were returned by their due day; None if there is none to judge.

        Dossiers still open are no part of it, so that an overdue one neither hides in it nor counts twice.

        >>> Punctuality(on_time=90, late=10, overdue=5).share
        0.9
        """
        return self.on_time / self.judged if self.judged else None


@dataclass(frozen=True)
class Agreement:
    """The returned dossiers of a period by our list, and by the provincial system as an officer read it off."""

    ours: int
    theirs: int

    @property
    def difference(self) -> int:
        """How many the provincial system has more; below zero if the list has more.

        >>> Agreement(1903, 1911).difference
        8
        """
        return self.theirs - self.ours

    @property
    def coverage(self) -> float | None:
        """The share of the provincial system's dossiers that the list holds, at most 1; None if it has none.

        >>> Agreement(0, 0).coverage is None, Agreement(12, 10).coverage
        (True, 1.0)
        """
        return min(self.ours / self.theirs, 1.0) if self.theirs else None
