"""Rules: the four presets, and their way to JSON and back."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.contest.rules.presets import PRESETS, Counts, Criterion, GuessBinds, GuessTarget, Key, Rules, Ties

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def test_there_are_the_four_presets_of_published_rules() -> None:
    assert list(PRESETS) == ["lam-binh", "vcnet", "duration", "guess"]


def test_lâm_bình_ranks_by_right_answers_then_whole_seconds_then_guess() -> None:
    rules = PRESETS["lam-binh"]

    assert rules.order == (Key(Criterion.CORRECT), Key(Criterion.DURATION, 1000), Key(Criterion.GUESS))
    assert (rules.tries, rules.counts, rules.ties) == (1, Counts.FIRST, Ties.SHARE)


def test_the_national_contest_allows_any_number_of_tries_and_counts_the_best() -> None:
    rules = PRESETS["vcnet"]

    assert rules.order == (Key(Criterion.CORRECT), Key(Criterion.GUESS), Key(Criterion.SUBMITTED, 1000))
    assert (rules.tries, rules.counts, rules.guess_binds) == (None, Counts.BEST, GuessBinds.COUNTED)


def test_the_duration_contest_asks_for_no_guess() -> None:
    rules = PRESETS["duration"]

    assert rules.order == (
        Key(Criterion.CORRECT),
        Key(Criterion.DURATION, 1000),
        Key(Criterion.SUBMITTED, 1000),
    )
    assert rules.guess_target is GuessTarget.NONE


def test_the_guess_contest_settles_ties_by_public_draw() -> None:
    assert PRESETS["guess"].order == (Key(Criterion.CORRECT), Key(Criterion.GUESS))
    assert PRESETS["guess"].ties is Ties.DRAW


@pytest.mark.parametrize("name", list(PRESETS))
def test_rules_survive_the_way_through_json(name: str) -> None:
    stored = json.dumps(PRESETS[name].to_dict())

    assert Rules.from_dict(json.loads(stored)) == PRESETS[name]


@pytest.mark.parametrize(
    "change",
    [
        {"tries": 0},
        {"tries": "1"},
        {"tries": True},
        {"counts": "worst"},
        {"order": []},
        {"order": [{"criterion": "correct", "bucket_ms": 0}]},
        {"order": [{"criterion": "correct", "bucket_ms": 1}] * 2},
        {"order": "correct"},
        {"guess_target": "none"},
        {"preset": None},
    ],
)
def test_rules_that_contradict_themselves_are_refused(change: dict[str, object]) -> None:
    data = PRESETS["lam-binh"].to_dict() | change

    with pytest.raises(ValueError):
        Rules.from_dict(data)


@given(JSON)
def test_nonsense_is_never_read_as_rules(data: object) -> None:
    with pytest.raises(ValueError):
        Rules.from_dict(data)


@given(JSON, st.sampled_from(list(PRESETS["vcnet"].to_dict())))
def test_nonsense_in_one_place_raises_nothing_but_value_error(data: object, place: str) -> None:
    with contextlib.suppress(ValueError):
        Rules.from_dict(PRESETS["vcnet"].to_dict() | {place: data})
