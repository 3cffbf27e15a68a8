"""The levels and the reasons of the quick rating."""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How satisfied a citizen is, in the five steps offices must report on; more is better."""

    VERY_DISSATISFIED = 1
    DISSATISFIED = 2
    NEUTRAL = 3
    SATISFIED = 4
    VERY_SATISFIED = 5


class Reason(StrEnum):
    """What a rating is about, after M-Score's questions.

    The names are neutral and the same list is shown whatever the level, so that praise costs as many taps as
    blame.
    """

    ATTITUDE = "attitude"
    GUIDANCE = "guidance"
    WAITING = "waiting"
    PROCESSING = "processing"
    TRIPS = "trips"
    COST = "cost"
    FACILITIES = "facilities"
