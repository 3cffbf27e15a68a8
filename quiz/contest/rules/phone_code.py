"""The limits of phone codes: how long one is valid, how often it is tried, and when the next is sent."""

from datetime import timedelta

from core.values.delay import Budget

DIGITS = 6
VALID = timedelta(minutes=10)
MOST_TRIES = 5
"""Tries of one code: 5 in a million is the chance of a guess."""
MOST_A_DAY = 5
"""Codes that one participant is sent on a day."""
MOST_ON_A_PHONE = 20
"""Codes that one phone is sent on a day in a contest, for all who named it: invented names must not flood it."""
MOST_OF_A_CONTEST = 2_000
"""Messages that a contest sends on a day; a script that registers invented phones costs no more."""
OF_A_NETWORK = Budget(free=500, longest=timedelta(minutes=5))
"""Messages that one network asks for on a day: a hall or a carrier shares its address, so that further ones only wait
for longer and longer. One script can't use up what the contest sends to everybody."""
RESERVED = 500
"""The last messages of a contest's day, kept for networks that asked for few: a handful of networks could use up the
rest.
"""
FROM_THE_RESERVE = Budget(free=20, longest=timedelta(minutes=5))
"""Messages that one network has asked for on a day when the reserve is reached, before it must wait."""


def pause_after(sends: int) -> timedelta:
    """Return the wait before the next code, after *sends* codes of the day: 0, 1, 2, 4, 8 minutes.

    >>> pause_after(0), pause_after(3)
    (datetime.timedelta(0), datetime.timedelta(seconds=240))
    """
    return timedelta(minutes=2 ** (sends - 1)) if sends > 0 else timedelta(0)
