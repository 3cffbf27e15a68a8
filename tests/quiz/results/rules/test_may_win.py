"""The people who can take a prize by the rules, against an oracle that shares no function with them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.entry import EntryValue
from quiz.contest.rules.presets import PRESETS, Rules, Ties
from quiz.contest.rules.prizes import Tier
from quiz.results.rules.prizes import award, is_barred, may_win
from quiz.results.rules.ranking import rank

SIZE = 3
LIMITS = st.one_of(st.none(), st.integers(1, 4))
SETTINGS = st.builds(
    lambda only, rest, most: replace(
        PRESETS["lam-binh"], all_right_only=only, rest_rounds=rest, most_prizes=most, ties=Ties.SHARE
    ),
    st.booleans(),
    LIMITS,
    LIMITS,
)
PEOPLE = st.dictionaries(
    st.sampled_from("ABCDEFGH"),
    st.tuples(st.integers(0, SIZE), st.integers(1, 5), st.sets(st.integers(1, 6))),
    max_size=8,
)
"""By person: right answers, seconds, the rounds won."""


def oracle(people, rules, number):
    """Return the first prize's winners by going through everybody, best first."""
    able = []
    for name, (correct, seconds, won) in people.items():
        before = sorted(each for each in won if each < number)
        if rules.most_prizes is not None and not len(before) < rules.most_prizes:
            continue
        if rules.rest_rounds is not None and before and number <= before[-1] + rules.rest_rounds:
            continue
        if correct == 0 or (rules.all_right_only and correct != SIZE):
            continue
        able.append(((-correct, seconds), name))
    return sorted(name for key, name in able if key == min(able)[0])


@given(PEOPLE, SETTINGS, st.integers(1, 8))
def test_the_first_prize_goes_to_the_best_who_may_win(people, rules, number):
    entries = [EntryValue(name, right, 1000 * seconds, None, None) for name, (right, seconds, _) in people.items()]
    barred = {name for name, (_, _, won) in people.items() if is_barred(rules, number=number, won=won)}

    able = may_win(rank(entries, rules.order, 0), rules, size=SIZE, barred=barred)

    won = award(able, [Tier("Giải Nhất", 1)], rules.ties)
    assert sorted(each.standing.entry.ref for each in won) == oracle(people, rules, number)


def test_ranks_stay_when_somebody_can_take_no_prize():
    papers = [EntryValue(ref, 3, 1000 * at, None, None) for at, ref in enumerate("AB")]
    standings = rank(papers, PRESETS["lam-binh"].order, 0)

    able = may_win(standings, PRESETS["lam-binh"], size=SIZE, barred={"A"})

    assert [(each.rank, each.entry.ref) for each in able] == [(2, "B")]


@pytest.mark.parametrize("setting", ["rest_rounds", "most_prizes"])
def test_a_limit_is_at_least_one(setting):
    with pytest.raises(ValueError, match="at least one"):
        replace(PRESETS["lam-binh"], **{setting: 0})


@given(SETTINGS)
def test_the_new_rules_survive_their_storage(rules):
    assert Rules.from_dict(rules.to_dict()) == rules


def test_rules_of_version_two_let_everybody_win():
    stored = PRESETS["guess"].to_dict() | {"version": 2}
    for name in ("all_right_only", "rest_rounds", "most_prizes"):
        del stored[name]

    assert Rules.from_dict(stored) == PRESETS["guess"]
