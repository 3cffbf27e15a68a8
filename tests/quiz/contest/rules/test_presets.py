"""Rules: the four presets, and their JSON form."""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.contest.rules.presets import (
    PRESETS,
    Counts,
    Criterion,
    Eligibility,
    GuessBinds,
    GuessTarget,
    Key,
    NewerRules,
    Rules,
    Ties,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def test_the_presets_are_four_published_rules() -> None:
    assert list(PRESETS) == ["lam-binh", "vcnet", "duration", "guess"]


def test_lâm_bình_ranks_by_right_answers_then_whole_seconds_then_guess() -> None:
    rules = PRESETS["lam-binh"]

    assert rules.order == (Key(Criterion.CORRECT), Key(Criterion.DURATION, 1000), Key(Criterion.GUESS))
    assert (rules.tries, rules.counts, rules.ties) == (1, Counts.FIRST, Ties.SHARE)


def test_the_national_contest_allows_any_number_of_tries_and_counts_the_best() -> None:
    rules = PRESETS["vcnet"]

    assert rules.order == (Key(Criterion.CORRECT), Key(Criterion.GUESS), Key(Criterion.SUBMITTED, 1000))
    assert (rules.tries, rules.counts, rules.guess_binds) == (None, Counts.BEST, GuessBinds.COUNTED)


def test_the_duration_contest_has_no_guess() -> None:
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


def test_rules_are_stored_under_these_names() -> None:
    assert PRESETS["lam-binh"].to_dict() == {
        "version": 8,
        "preset": "lam-binh",
        "tries": 1,
        "counts": "first",
        "order": [
            {"criterion": "correct", "bucket_ms": 1},
            {"criterion": "duration", "bucket_ms": 1000},
            {"criterion": "guess", "bucket_ms": 1},
        ],
        "guess_target": "perfect",
        "guess_binds": "first",
        "ties": "share",
        "eligibility": "call",
        "most_sharing": None,
        "call_days": None,
        "shuffles": False,
        "shown": None,
        "all_right_only": False,
        "rest_rounds": None,
        "most_prizes": None,
        "guess_decimals": 0,
        "starts_together": False,
        "draw_source": None,
        "draw_digits": None,
        "season": {"measure": "correct", "best": None, "points": [], "ties": ["duration"]},
    }


def test_an_older_contest_reads_as_anybody_who_is_called_without_declared_numbers() -> None:
    found = Rules.from_dict(json.loads(STORED))

    assert (found.eligibility, found.most_sharing, found.call_days) == (Eligibility.CALL, None, None)


@pytest.mark.parametrize("setting", ["most_sharing", "call_days"])
def test_a_declared_number_is_at_least_one(setting: str) -> None:
    with pytest.raises(ValueError, match="at least one"):
        replace(PRESETS["guess"], **{setting: 0})


def test_rules_from_before_public_numbers_draw_tickets_by_hand() -> None:
    stored = PRESETS["guess"].to_dict() | {"version": 6}
    del stored["draw_source"]

    assert Rules.from_dict(stored) == PRESETS["guess"]
    assert Rules.from_dict(PRESETS["guess"].to_dict() | {"draw_source": "XSMB"}).draw_source == "XSMB"


def test_rules_without_a_version_are_of_the_first_one() -> None:
    stored = PRESETS["guess"].to_dict()
    for name in ("version", "shuffles", "shown", "eligibility", "most_sharing", "call_days"):
        del stored[name]

    assert Rules.from_dict(stored) == PRESETS["guess"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"order": ()}, "each criterion at most once"),
        ({"order": (Key(Criterion.CORRECT), Key(Criterion.CORRECT, 9))}, "each criterion at most once"),
        ({"tries": 0}, "at least one try"),
        ({"guess_target": GuessTarget.NONE}, "something to guess"),
        ({"shown": 5}, "for papers of their own"),
        ({"shuffles": True, "shown": 0}, "at least one for each"),
    ],
)
def test_rules_that_contradict_themselves_are_refused_with_the_reason(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(PRESETS["lam-binh"], **wrong)


def test_a_bucket_of_one_millisecond_is_the_smallest() -> None:
    assert Key(Criterion.DURATION, 1).bucket_ms == 1
    with pytest.raises(ValueError, match="at least one millisecond"):
        Key(Criterion.DURATION, 0)


@pytest.mark.parametrize("name", list(PRESETS))
def test_rules_survive_the_way_through_json(name: str) -> None:
    stored = json.dumps(PRESETS[name].to_dict())

    assert Rules.from_dict(json.loads(stored)) == PRESETS[name]


@pytest.mark.parametrize(
    "change",
    [
        {"draw_source": 5},
        {"draw_digits": "5"},
        {"draw_digits": 0},
        {"tries": 0},
        {"tries": "1"},
        {"tries": True},
        {"counts": "worst"},
        {"order": []},
        {"order": [{"criterion": "correct", "bucket_ms": 0}]},
        {"order": [{"criterion": "correct", "bucket_ms": 1}] * 2},
        {"order": "correct"},
        {"guess_target": "none"},
        {"shuffles": 1},
        {"shuffles": True, "shown": "5"},
        {"shuffles": True, "shown": True},
        {"preset": None},
    ],
)
def test_rules_that_contradict_themselves_are_refused(change: dict[str, object]) -> None:
    data = PRESETS["lam-binh"].to_dict() | change

    with pytest.raises(ValueError):
        Rules.from_dict(data)


@dataclass(frozen=True)
class Tomorrow(Rules):
    """Rules with a setting that does not exist yet."""

    VERSION: ClassVar[int] = Rules.VERSION + 1
    DEFAULTS: ClassVar[Mapping[int, Mapping[str, object]]] = {
        **{version: {**kept, "papers": 1} for version, kept in Rules.DEFAULTS.items()},
        Rules.VERSION + 1: {},
    }
    papers: int = 0

    def to_dict(self) -> dict[str, object]:
        return super().to_dict() | {"papers": self.papers}

    @classmethod
    def _settings(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        return super()._settings(data) | {"papers": data["papers"]}


STORED = (
    '{"preset": "vcnet", "tries": null, "counts": "best", "order": [{"criterion": "correct", "bucket_ms": 1}, '
    '{"criterion": "guess", "bucket_ms": 1}, {"criterion": "submitted", "bucket_ms": 1000}], '
    '"guess_target": "perfect", "guess_binds": "counted", "ties": "share"}'
)
"""The form in which a round stored them before rules had a version."""


@pytest.mark.parametrize("version", [{}, {"version": 1}])
def test_a_stored_round_survives_a_new_setting(version: dict[str, int]) -> None:
    found = Tomorrow.from_dict(json.loads(STORED) | version)

    assert (found.papers, found.counts, found.order[2].bucket_ms) == (1, Counts.BEST, 1000)
    assert Tomorrow.from_dict(found.to_dict() | {"papers": 3}).papers == 3
    assert Rules.from_dict(json.loads(STORED)) == PRESETS["vcnet"]


def test_a_setting_that_its_version_knows_may_not_be_missing() -> None:
    with pytest.raises(ValueError):
        Tomorrow.from_dict(json.loads(STORED) | {"version": Rules.VERSION + 1})


@pytest.mark.parametrize("version", [Rules.VERSION + 1, 0, "1", None])
def test_rules_of_an_unknown_version_are_refused(version: object) -> None:
    with pytest.raises(ValueError):
        Rules.from_dict(PRESETS["vcnet"].to_dict() | {"version": version})


def test_rules_of_a_newer_program_are_called_so() -> None:
    with pytest.raises(NewerRules, match=f"version {Rules.VERSION + 1}"):
        Rules.from_dict(PRESETS["vcnet"].to_dict() | {"version": Rules.VERSION + 1})


@given(JSON)
def test_nonsense_is_never_read_as_rules(data: object) -> None:
    with pytest.raises(ValueError):
        Rules.from_dict(data)


@given(JSON, st.sampled_from(list(PRESETS["vcnet"].to_dict())))
def test_nonsense_in_one_place_raises_nothing_but_value_error(data: object, place: str) -> None:
    with contextlib.suppress(ValueError):
        Rules.from_dict(PRESETS["vcnet"].to_dict() | {place: data})


@pytest.mark.parametrize(("shown", "asked"), [(None, 10), (4, 4), (10, 10), (12, 10)])
def test_a_paper_asks_the_drawn_number_or_all_questions(shown: int | None, asked: int) -> None:
    assert replace(PRESETS["vcnet"], shuffles=True, shown=shown).asked(10) == asked


def test_a_round_from_before_keeps_its_fixed_order() -> None:
    found = Rules.from_dict(json.loads(STORED))

    assert (found.shuffles, found.shown) == (False, None)
