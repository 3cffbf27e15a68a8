"""The days that a figure covers, and the days on which it was and will be brought up to date."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Coverage:
    """The first and the last day of the ratings in a figure, and the Mondays of its last and its next update."""

    since: date
    until: date
    updated_on: date
    next_on: date

    @property
    def waits_from(self) -> date | None:
        """The first finished day after the figure's last; None if it reaches to the end of last week.

        It depends on the figure's days alone, so that it does not reveal whether a rating was given since.
        """
        after = self.until + timedelta(days=1)
        return after if after < self.updated_on else None

    @property
    def waits_until(self) -> date:
        """The last finished day."""
        return self.updated_on - timedelta(days=1)


def coverage(weeks: Collection[date], current: date) -> Coverage | None:
    """Return what a figure of *weeks* (their Mondays) covers in the week of *current*; None without weeks.

    >>> coverage([date(2026, 6, 1), date(2026, 6, 8)], date(2026, 6, 22)).until
    datetime.date(2026, 6, 14)
    """
    if not weeks:
        return None
    return Coverage(min(weeks), max(weeks) + WEEK - timedelta(days=1), current, current + WEEK)
