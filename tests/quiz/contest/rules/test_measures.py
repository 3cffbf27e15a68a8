"""The measures that prizes of units name, and how a contest's prizes are grouped by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.contest.labels.terms import MEASURE
from quiz.contest.rules.amendments import tiers_from_json, tiers_to_json
from quiz.contest.rules.measures import UnknownMeasure, by_measure, named_measure, settle_measures
from quiz.contest.rules.prizes import Tier, same_grade
from quiz.contest.rules.terms import CollectiveMeasure

CAPPED, PEOPLE, POINTS = CollectiveMeasure.CAPPED, CollectiveMeasure.PEOPLE, CollectiveMeasure.POINTS
RATE, TURNS, WINNERS = CollectiveMeasure.RATE, CollectiveMeasure.TURNS, CollectiveMeasure.WINNERS
MEASURES = st.sampled_from([None, PEOPLE, POINTS, RATE, TURNS, WINNERS])
TIERS = st.lists(MEASURES, max_size=5).map(
    lambda named: [Tier(f"Giải {at}", 1, None, None, m) for at, m in enumerate(named)]
)


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("Giải Nhất tập thể về số lượt", TURNS),
        ("Giải Nhất về số lượng người tham gia", PEOPLE),
        ("Giải Nhất về tỷ lệ dự thi", RATE),
        ("Giải Nhất về tỉ lệ người dự thi trên số dân", RATE),
        ("Giải Nhì xếp theo tổng điểm", POINTS),
        ("Giải Ba về số giải cá nhân", WINNERS),
        ("Giải Nhất (theo tỷ lệ)", RATE),
        ("Giải Nhất tập thể", None),
    ],
)
def test_the_words_of_plans(name, measure):
    assert named_measure(name) is measure


@pytest.mark.parametrize("words", ["chất lượng", "tỷ lệ trả lời đúng", "số người đạt giải"])
def test_other_words_are_not_guessed(words):
    with pytest.raises(UnknownMeasure):
        named_measure(f"Giải Nhất về {words}")


@pytest.mark.parametrize("measure", [each for each in CollectiveMeasure if each is not CAPPED])
def test_the_words_that_a_refusal_offers_are_read(measure):
    assert named_measure(f"Giải Nhất về {MEASURE[measure]}") is measure


@given(TIERS, st.none() | st.sampled_from(CollectiveMeasure))
def test_each_prize_keeps_what_it_named_and_else_goes_by_the_declared_one(tiers, declared):
    main, settled = settle_measures(tiers, declared)

    for before, after in zip(tiers, settled, strict=True):
        said = CAPPED if declared is CAPPED and before.measure is TURNS else before.measure
        assert (after.measure or main) == (said or declared)
        assert after.measure is None or after.measure is not main
    assert not tiers or main is None or any(tier.measure is None for tier in settled)


@given(TIERS, st.sampled_from(CollectiveMeasure))
def test_every_prize_is_in_one_list(tiers, main):
    lists = by_measure(tiers, main)

    assert sorted(tier.name for own in lists.values() for tier in own) == sorted(tier.name for tier in tiers)
    assert all((tier.measure or main) is measure for measure, own in lists.items() for tier in own)


@given(TIERS)
def test_stored_prizes_keep_their_measure(tiers):
    assert tiers_from_json(tiers_to_json(tiers)) == tiers


def test_older_stored_prizes_go_by_the_contest_s_measure():
    assert tiers_from_json([{"name": "Giải Nhất", "quantity": 1, "amount": None, "bloc": None}])[0].measure is None


def test_two_first_prizes_by_different_measures_are_no_mistake():
    one, other = Tier("Giải Nhất về số lượt", 1), Tier("Giải Nhất về tổng điểm", 1, measure=POINTS)

    assert same_grade([one, other]) is None
