"""The standings of a whole contest as rules: what rounds add, which count, and how ties are broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.contest.rules.presets import PRESETS, Rules
from quiz.contest.rules.season import RoundLine, SeasonMeasure, SeasonRule, SeasonTie, rank_season

POINTS = SeasonMeasure.POINTS
LINE = st.builds(
    RoundLine, st.just(0), st.integers(1, 5), st.integers(0, 3), st.none() | st.sampled_from([900, 1000, 1999, 5000])
)
PERSON = st.lists(LINE, max_size=4).map(lambda lines: [line._replace(round=at) for at, line in enumerate(lines, 1)])
TIES = st.lists(st.sampled_from(list(SeasonTie)), unique=True).map(tuple)
RULES = st.builds(SeasonRule, best=st.none() | st.integers(1, 3), ties=TIES) | st.builds(
    SeasonRule, st.just(POINTS), st.none() | st.integers(1, 3), st.sampled_from([(5,), (5, 3, 1), (2, 2)]), TIES
)


@given(st.dictionaries(st.text(max_size=2), PERSON), RULES)
def test_each_rank_counts_the_people_who_are_better(people, rule):
    """The oracle adds up by hand and counts the better ones instead of sorting them."""
    marks = {who: by_hand(lines, rule) for who, lines in people.items()}

    found = rank_season(((who, rule.total(lines)) for who, lines in people.items()), rule)

    assert {who: rank for rank, who, _total in found} == {
        who: 1 + sum(other < mine for other in marks.values()) for who, mine in marks.items()
    }


def by_hand(lines, rule):
    gives = {line: dict(enumerate(rule.points, 1)).get(line.rank, 0) if rule.points else line.correct for line in lines}
    never = 10**12
    chosen = sorted(lines, key=lambda line: (-gives[line], line.duration_ms or never, line.round))[: rule.best]
    time = never if any(line.duration_ms is None for line in chosen) else sum(line.duration_ms for line in chosen)
    marks = {
        "duration": time // 1000,
        "correct": -sum(line.correct for line in chosen),
        "firsts": -[line.rank for line in lines].count(1),
        "rounds": -len(lines),
    }
    return [-sum(gives[line] for line in chosen), *(marks[tie.value] for tie in rule.ties)]


def test_of_rounds_that_add_as_much_the_one_with_less_time_counts():
    lines = [RoundLine(1, 1, 3, 5000), RoundLine(2, 1, 3, None), RoundLine(3, 1, 3, 4000), RoundLine(4, 1, 3, 4000)]

    assert [SeasonRule(best=best).total(lines).counted for best in (1, 2, 3)] == [(3,), (3, 4), (1, 3, 4)]


def test_only_counted_rounds_add_right_answers_and_time_but_every_round_is_taken_or_won():
    rule = SeasonRule(POINTS, 1, (5, 3), (SeasonTie.CORRECT,))

    total = rule.total([RoundLine(1, 1, 2, 900), RoundLine(2, 2, 3, 700), RoundLine(3, 1, 1, 950)])

    assert (total.score, total.correct, total.duration_ms, total.rounds, total.firsts) == (5, 2, 900, 3, 2)


def test_times_of_one_second_are_equal():
    totals = ((str(ms), SeasonRule().total([RoundLine(1, 1, 3, ms)])) for ms in (1999, 1000, 2000))

    assert [rank for rank, _who, _total in rank_season(totals, SeasonRule())] == [1, 1, 3]


@given(PERSON, RULES)
def test_one_more_round_never_lowers_a_score(lines, rule):
    assert all(rule.total(lines[:at]).score <= rule.total(lines).score for at in range(len(lines)))


@given(RULES)
def test_a_declared_rule_is_read_as_it_was_stored(rule):
    assert SeasonRule.from_dict(rule.to_dict()) == rule


def test_older_contests_keep_the_sum_of_right_answers_then_less_time():
    stored = {name: value for name, value in PRESETS["guess"].to_dict().items() if name != "season"} | {"version": 4}

    assert Rules.from_dict(stored).season == SeasonRule(SeasonMeasure.CORRECT, None, (), (SeasonTie.DURATION,))


@pytest.mark.parametrize(
    "wrong",
    [
        {"best": 0},
        {"points": (5,)},
        {"measure": POINTS},
        {"measure": POINTS, "points": (3, 5)},
        {"measure": POINTS, "points": (3, 0)},
        {"measure": POINTS, "points": (1,) * 21},
        {"ties": (SeasonTie.ROUNDS, SeasonTie.ROUNDS)},
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(wrong):
    with pytest.raises(ValueError):
        SeasonRule(**wrong)
