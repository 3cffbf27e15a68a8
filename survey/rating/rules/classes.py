"""The class of a rating, by how often its sender has rated the same counter lately; it is all that a rating keeps."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.values.week import monday_of, month_of

PER_DAY = 3
"""Ratings of one device at a counter in a day that count at once: several dossiers, or a family with one phone."""
NETWORK_PER_DAY = 30
"""Ratings from one network at a counter in a day that count at once, at least: people of one Wi-Fi share an address."""
COUNTER_IN_SLOT = 40
"""Ratings of a counter in ten minutes, from anywhere, that count at once, at least."""
TIMES_USUAL = 3
"""How many times the ratings of a usual day at the counter these two limits are, where that is more."""
COURSE_WEEKS, WORKING_DAYS = 4, 5
"""The finished weeks from which a usual day is worked out, and the days of each."""


class RatingClass(StrEnum):
    """How a rating counts. The first three are in the headline; the next three are left out until an inspector decides
    otherwise, which makes them the last three.

    FIRST, BACK and AGAIN are the first to third of a device in a day. FIRST is a device that has not rated here lately,
    BACK one that last did in an earlier week of the month, AGAIN one that has rated in this week already.
    """

    FIRST = "first"
    BACK = "back"
    AGAIN = "again"
    MORE = "more"
    BURST = "burst"
    OWN = "own"
    MORE_COUNTED = "more_in"
    BURST_COUNTED = "burst_in"
    OWN_COUNTED = "own_in"

    @property
    def is_counted(self) -> bool:
        """Whether the headline counts it."""
        return self not in DECIDED

    @property
    def opposite(self) -> "RatingClass":
        """The class after an inspector's decision to count it, or to leave it out again.

        Raises:
            KeyError: nothing is to be decided about the first to third of a device.
        """
        return {**DECIDED, **{after: before for before, after in DECIDED.items()}}[self]


DECIDED = {
    RatingClass.MORE: RatingClass.MORE_COUNTED,
    RatingClass.BURST: RatingClass.BURST_COUNTED,
    RatingClass.OWN: RatingClass.OWN_COUNTED,
}
"""The classes that are left out, each with its class once an inspector has decided to count it."""
ORDINARY = (RatingClass.FIRST, RatingClass.BACK, RatingClass.AGAIN)
"""The classes of ratings that count at once; they are released together, by ratings and devices."""


@dataclass(frozen=True)
class Sightings:
    """A rating's sender, as the counter has seen it; the counts are of ratings of the day, this one included.

    Attributes:
        is_own: it came from a signed-in member of staff or from the office's own network.
        on_page: ratings sent from the same copy of the page.
        of_device: ratings of the device: of its random mark, or of address and browser where there is none.
        of_browser: ratings with the same address and browser, which phones of one model may share on one network.
        of_network: ratings from the same network; of others only those that were not set apart.
        in_slot: ratings of the counter in the same ten minutes, counted alike.
        seen_on: the last earlier day of the device at the counter within the days that are kept; None: not seen.
        recent: ratings of the counter that counted in its last COURSE_WEEKS finished weeks.
    """

    is_own: bool = False
    on_page: int = 1
    of_device: int = 1
    of_browser: int = 1
    of_network: int = 1
    in_slot: int = 1
    seen_on: date | None = None
    recent: int = 0


def classify(sender: Sightings, today: date) -> RatingClass:
    """Return the class of a rating of *sender* that came *today*.

    Source: decision 0040. An address is never a device by itself: people of one Wi-Fi share it, and phones of one
    model share the browser's name too.

    >>> classify(Sightings(of_device=4), date(2026, 6, 1)), classify(Sightings(of_network=31), date(2026, 6, 1))
    (<RatingClass.MORE: 'more'>, <RatingClass.BURST: 'burst'>)
    """
    usual = TIMES_USUAL * sender.recent / (COURSE_WEEKS * WORKING_DAYS)
    if sender.is_own:
        return RatingClass.OWN
    of_one = max(sender.of_device, sender.on_page)
    if max(of_one, sender.of_network) > max(NETWORK_PER_DAY, usual) or sender.in_slot > max(COUNTER_IN_SLOT, usual):
        return RatingClass.BURST
    if of_one > PER_DAY:
        return RatingClass.MORE
    return _ordinary(sender, monday_of(today))


def _ordinary(sender: Sightings, week: date) -> RatingClass:
    """Return whether the device is new, back or there again. Of phones that look the same one a day is a device."""
    seen_in = monday_of(sender.seen_on) if sender.seen_on else None
    if max(sender.of_device, sender.of_browser) > 1 or seen_in == week:
        return RatingClass.AGAIN
    is_back = seen_in is not None and month_of(seen_in) == month_of(week)
    return RatingClass.BACK if is_back else RatingClass.FIRST
