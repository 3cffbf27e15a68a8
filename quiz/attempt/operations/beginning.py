"""The moment from which the time of a paper counts."""

from datetime import datetime

from quiz.attempt.queries.entrance import OpenRound
from quiz.attempt.rules.common_start import common_start
from quiz.contest.models import Round


class StartMissed(Exception):
    """Everybody in the round started at once, and their time is over."""


class UnitNotYet(Exception):
    """The participant's unit joined the contest from a later round on."""


def beginning_of(round: Round | OpenRound, now: datetime) -> datetime:
    """Return the moment from which the time of a paper opened at *now* counts; in a rehearsal it is always *now*.

    Raises:
        StartMissed: everybody started at the opening, and their time is over.
    """
    if round.is_rehearsal or not round.declared.starts_together:
        return now
    began = common_start(round.opens_at, round.limit_seconds, now)
    if began is None:
        raise StartMissed
    return began
