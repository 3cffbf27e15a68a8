"""Release of ratings: finished weeks, gathered until no single rating can be worked out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from core.values.week import local_date, month_of

MINIMUM = 5
"""The least number of ratings, and of devices, that is published together; fewer could identify a person."""

SETTLING = timedelta(minutes=10)
"""How long after its end a week is counted as open: a rating that arrived before midnight may be stored after it."""


def release_day(now: datetime) -> date:
    """Return the local day whose figures are seen at *now*; on a Monday it begins when the week before is settled.

    A request may be stamped a minute before it is read, and wait some seconds for the database.
    """
    return local_date(now - SETTLING)


class WeekDevices(NamedTuple):
    """Devices that rated a counter in a week: *new* ones, and those that were *back* from an earlier week."""

    new: int
    back: int = 0


def released_batches(
    counts: Mapping[date, int], current: date, devices: Mapping[date, WeekDevices] | None = None
) -> list[tuple[date, ...]]:
    """Return the batches of weeks (named by their Mondays) that are released in the week of *current*, in their order.

    Of each month (the one that holds the week's Thursday) the finished weeks are gathered from the first until they
    hold at least MINIMUM ratings of MINIMUM devices, then released together, and the gathering begins anew; an
    incomplete one waits, for good when its month is over. So a figure never changes within a week, and any two figures
    of one counter differ by that many or more. A live figure would show a clerk what the last citizen chose, and one
    that changes at the fifth rating would show it to the author of the other four. A device that is back counts in the
    first week of a batch only, since it may have rated in any other.

    Args:
        counts: ratings per week of one counter in one channel. Empty: nothing is released.
        current: the Monday of the present week.
        devices: the devices of each week. None: every rating is its own, as paper forms are.

    Raises:
        ValueError: a week is not named by its Monday.
    """
    months: dict[date, list[date]] = defaultdict(list)
    for week in sorted(counts):
        months[month_of(week)].append(week)
    batches: list[tuple[date, ...]] = []
    for weeks in months.values():
        gathered: tuple[date, ...] = ()
        for week in (week for week in weeks if week < current):
            gathered = (*gathered, week)
            if _is_enough(gathered, counts, devices):
                batches.append(gathered)
                gathered = ()
    return batches


def _is_enough(
    gathered: Sequence[date], counts: Mapping[date, int], devices: Mapping[date, WeekDevices] | None
) -> bool:
    ratings = sum(counts[week] for week in gathered)
    if devices is None or ratings < MINIMUM:
        return ratings >= MINIMUM
    found = [devices.get(week, WeekDevices(0)) for week in gathered]
    return found[0].back + sum(each.new for each in found) >= MINIMUM


def shown_weeks(
    counts: Mapping[date, int], current: date, devices: Mapping[date, WeekDevices] | None = None
) -> frozenset[date]:
    """Return the weeks of all `released_batches`."""
    return frozenset(week for batch in released_batches(counts, current, devices) for week in batch)


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
