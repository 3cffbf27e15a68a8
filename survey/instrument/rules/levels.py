"""The five-step scale of satisfaction."""

from enum import IntEnum


class Level(IntEnum):
    """How satisfied a citizen is, in the five steps offices must report on; more is better."""

    VERY_DISSATISFIED = 1
    DISSATISFIED = 2
    NEUTRAL = 3
    SATISFIED = 4
    VERY_SATISFIED = 5
