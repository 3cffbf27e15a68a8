"""Release of ratings: finished weeks, gathered until no single rating can be worked out."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from core.values.week import month_of

MINIMUM = 5
"""The least number of ratings that is published together; fewer could identify a person."""


def shown_weeks(counts: Mapping[date, int], current: date) -> frozenset[date]:
    """Return the weeks (named by their Mondays) whose ratings are released in the week of *current*.

    Of each month (the one that holds the week's Thursday) the finished weeks are gathered from the first until they
    hold at least MINIMUM ratings, then released together, and the gathering begins anew; an incomplete one waits, for
    good when its month is over. So a figure never changes within a week, and any two figures of one counter differ by
    MINIMUM ratings or more. A live figure would show a clerk what the last citizen chose, and one that changes at the
    fifth rating would show it to the authors of the other four.

    Args:
        counts: ratings per week of one counter in one channel. Empty: nothing is released.
        current: the Monday of the present week.

    Raises:
        ValueError: a week is not named by its Monday.
    """
    months: dict[date, list[date]] = defaultdict(list)
    for week in sorted(counts):
        months[month_of(week)].append(week)
    shown: set[date] = set()
    for weeks in months.values():
        gathered: list[date] = []
        for week in weeks:
            if week >= current:
                break
            gathered.append(week)
            if sum(counts[each] for each in gathered) >= MINIMUM:
                shown.update(gathered)
                gathered = []
    return frozenset(shown)


def is_first_week(begun_on: date | None, current: date) -> bool:
    """Return whether no week has ended since *begun_on*, so that no figure can be released yet.

    Too few ratings are the other reason for a missing figure. This one must depend on the calendar alone, or an empty
    page would reveal whether a rating was given.

    Args:
        begun_on: the day of the first printed address. None: there is none yet.
        current: the Monday of the present week.
    """
    return begun_on is None or begun_on >= current


def give_away(before: Mapping[date, int], added: Mapping[date, int], current: date) -> frozenset[date]:
    """Return the months (their first days) in which adding *added* to *before* at once would reveal single ratings.

    A sheet may add ratings to past weeks. In each month the ratings released afterwards must include all released
    before and, if they changed, at least MINIMUM more, so that comparing the figures of both days shows that many
    together.

    Args:
        before, added: ratings per week (its Monday) of one counter in one channel.
        current: the Monday of the present week.

    Raises:
        ValueError: a week is not named by its Monday.
    """
    after = {week: before.get(week, 0) + added.get(week, 0) for week in before.keys() | added.keys()}
    seen, will_be_seen = shown_weeks(before, current), shown_weeks(after, current)
    more: dict[date, int] = defaultdict(int)
    for week in will_be_seen:
        more[month_of(week)] += after[week] - (before[week] if week in seen else 0)
    lost = {month_of(week) for week in seen - will_be_seen}
    return frozenset(lost | {month for month, count in more.items() if 0 < count < MINIMUM})
