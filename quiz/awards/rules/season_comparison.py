"""Which step of the declared season decides between two people over a whole contest."""

from __future__ import annotations

from quiz.contest.rules.season import SeasonRule, SeasonTie, SeasonTotal
from quiz.results.rules.comparison import MeasuredPair, RankComparison, compare

SECOND = 1000


def compare_totals(one: SeasonTotal, other: SeasonTotal, rule: SeasonRule) -> RankComparison[SeasonTotal]:
    """Return which of two people's sums is ahead by *rule*, and why, as `SeasonRule.key` ranks them.

    The sum that the rounds add up to comes first, then the ties in their order. Times are compared by the second, and
    a missing one is behind every known one. Raises nothing.

    >>> rule = SeasonRule()
    >>> slow, fast = (SeasonTotal(9, 9, ms, 2, 0, (1, 2)) for ms in (61_900, 60_100))
    >>> compare_totals(slow, fast, rule).upper is fast
    True
    """
    score = MeasuredPair(rule.measure, one.score, other.score, is_more_better=True)
    return compare(one, other, [score, *(_pair(tie, one, other) for tie in rule.ties)])


def _pair(tie: SeasonTie, one: SeasonTotal, other: SeasonTotal) -> MeasuredPair:
    if tie is SeasonTie.DURATION:
        return MeasuredPair(tie, _seconds(one), _seconds(other), SECOND)
    values = {
        SeasonTie.CORRECT: (one.correct, other.correct),
        SeasonTie.FIRSTS: (one.firsts, other.firsts),
        SeasonTie.ROUNDS: (one.rounds, other.rounds),
    }
    return MeasuredPair(tie, *values[tie], is_more_better=True)


def _seconds(total: SeasonTotal) -> int | None:
    return None if total.duration_ms is None else total.duration_ms // SECOND
