"""The step that decides between two people over a contest is the one by which the season ranks them."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.awards.rules.season_comparison import compare_totals
from quiz.contest.rules.season import SeasonMeasure, SeasonRule, SeasonTie, SeasonTotal

SUMS = st.builds(
    SeasonTotal,
    score=st.integers(0, 2),
    correct=st.integers(0, 2),
    duration_ms=st.none() | st.integers(0, 3_000),
    rounds=st.integers(1, 2),
    firsts=st.integers(0, 1),
    counted=st.just((1,)),
)
RULES = st.builds(SeasonRule, ties=st.permutations(list(SeasonTie)).map(tuple))


@given(SUMS, SUMS, RULES)
def test_the_better_one_is_ahead_in_the_standings_too(one, other, rule) -> None:
    found = compare_totals(one, other, rule)

    assert rule.key(found.upper) <= rule.key(found.lower)
    assert found.is_tie == (rule.key(one) == rule.key(other))


def test_the_step_that_decides_carries_both_values() -> None:
    rule = SeasonRule(SeasonMeasure.POINTS, points=(5, 3), ties=(SeasonTie.FIRSTS, SeasonTie.DURATION))
    one, other = SeasonTotal(8, 9, 60_400, 2, 1, (1, 2)), SeasonTotal(8, 9, 50_900, 2, 1, (1, 2))

    step = compare_totals(one, other, rule).decisive

    assert step is not None
    assert (step.criterion, step.place, step.upper, step.lower) == (SeasonTie.DURATION, 3, 50_000, 60_000)
