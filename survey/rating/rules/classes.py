"""The class of a rating, by how often its sender has rated the same counter lately; it is all that a rating keeps."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.values.week import month_of

PER_DAY = 3
"""Ratings of one device at a counter in a day that count at once: several dossiers, or a family with one phone."""
NETWORK_PER_DAY = 30
"""Ratings from one network at a counter in a day that count at once, at least: people of one Wi-Fi share an address."""
NETWORK_AT_MOST = 120
"""And at most, however busy the counter is: one clerk who serves a person every four minutes for eight hours."""
RATINGS_PER_DEVICE = 5
"""Of the devices of one network that are new at a counter in a day the first counts as one for the release, and each
fifth one after it: four browsers of one clerk are one device, thirty phones of one Wi-Fi are six.
"""
COUNTER_IN_SLOT = 40
"""Ratings of a counter in ten minutes, from anywhere, that count at once, at least."""
TIMES_USUAL = 3
"""How many times the ratings of a usual day at the counter these limits are, where that is more."""
COURSE_WEEKS, BEST, WORKING_DAYS = 4, 3, 5
"""A usual day is one of the days of the third best of the last four finished weeks: two stuffed weeks don't move it."""


class RatingClass(StrEnum):
    """How a rating counts. The first three are in the headline; the next three are left out until an inspector decides
    otherwise, which makes them the last three.

    FIRST, BACK and AGAIN are the first to third of a device in a day. FIRST is a device that has not rated here lately,
    BACK one that did in the week before, in the same month, AGAIN one that has rated in this week already. Of a network
    most are AGAIN (`RATINGS_PER_DEVICE`), since nothing tells whether they are other devices.
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
        return self not in LEFT_OUT

    @property
    def opposite(self) -> "RatingClass":
        """The class after an inspector's decision to count it, or to leave it out again.

        Raises:
            KeyError: nothing is to be decided about the first to third of a device.
        """
        return {**LEFT_OUT, **{after: before for before, after in LEFT_OUT.items()}}[self]


LEFT_OUT = {
    RatingClass.MORE: RatingClass.MORE_COUNTED,
    RatingClass.BURST: RatingClass.BURST_COUNTED,
    RatingClass.OWN: RatingClass.OWN_COUNTED,
}
"""The classes that are left out, each with its class once an inspector has decided to count it."""
SET_APART, NEW_DEVICE = "set_apart", "new"
"""Item and option of the tally that count, for each of these classes, the devices that are known to be different."""
ORDINARY = (RatingClass.FIRST, RatingClass.BACK, RatingClass.AGAIN)
"""The classes of ratings that count at once; they are released together, by ratings and devices."""


@dataclass(frozen=True)
class Sightings:
    """A rating's sender, as the counter has seen it; the counts are of ratings of the day, this one included.

    Attributes:
        is_own: it came from a signed-in member of staff or from the office's own network.
        on_page: ratings sent from the same copy of the page.
        of_device: ratings of the device: of its random mark, or of address and browser where there is none.
        of_network: ratings from the same network; of others only those that were not set apart.
        newcomers: of these only the ratings of devices that had not rated the counter before in the week.
        in_slot: ratings of the counter in the same ten minutes, counted alike.
        in_week: ratings of the device in the week.
        was_there: whether the device rated the counter in the week before.
        usual: ratings of the counter that counted in its usual week; 0 for a counter without so many weeks.
    """

    is_own: bool = False
    on_page: int = 1
    of_device: int = 1
    of_network: int = 1
    newcomers: int = 1
    in_slot: int = 1
    in_week: int = 1
    was_there: bool = False
    usual: int = 0


def classify(sender: Sightings, week: date) -> RatingClass:
    """Return the class of a rating of *sender* that came in *week*, which is named by its Monday.

    Source: decision 0040. An address is never a device by itself: people of one Wi-Fi share it, and phones of one
    model share the browser's name too.

    >>> classify(Sightings(of_device=4), date(2026, 6, 1)), classify(Sightings(of_network=31), date(2026, 6, 1))
    (<RatingClass.MORE: 'more'>, <RatingClass.BURST: 'burst'>)
    """
    if sender.is_own:
        return RatingClass.OWN
    of_one = max(sender.of_device, sender.on_page)
    if _is_burst(max(of_one, sender.of_network), sender.in_slot, TIMES_USUAL * sender.usual / WORKING_DAYS):
        return RatingClass.BURST
    if of_one > PER_DAY:
        return RatingClass.MORE
    return _ordinary(sender, week)


def shows_device(sender: Sightings, kind: RatingClass, week: date) -> bool:
    """Return whether a rating of *kind*, which is left out, is known to be of another device than those before it.

    What is left out is released by ratings and devices too. A device is as new as a FIRST one is, so that four ratings
    whose author knows them never reveal a fifth. The fourth rating of a device in a day tells of no other one.
    """
    return kind in (RatingClass.BURST, RatingClass.OWN) and _ordinary(sender, week) is RatingClass.FIRST


def _is_burst(of_network: int, in_slot: int, busy: float) -> bool:
    """Return whether the network or the ten minutes have more ratings than count; *busy* is a busy day's number."""
    return of_network > min(max(NETWORK_PER_DAY, busy), NETWORK_AT_MOST) or in_slot > max(COUNTER_IN_SLOT, busy)


def _ordinary(sender: Sightings, week: date) -> RatingClass:
    """Return whether the device is new, back or there again."""
    if max(sender.of_device, sender.in_week) > 1 or (sender.newcomers - 1) % RATINGS_PER_DEVICE:
        return RatingClass.AGAIN
    is_back = sender.was_there and month_of(week - timedelta(weeks=1)) == month_of(week)
    return RatingClass.BACK if is_back else RatingClass.FIRST
