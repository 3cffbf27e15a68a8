"""How a sheet's turns change a person's entry, and which moments are outside the round."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.counting import SubmittedAttempt, count_person
from quiz.attempt.rules.entry import EntryValue
from quiz.attempt.rules.sheet_turns import IssueKind, Turn, TurnIssue, Window, free_slot, in_order, lookalikes
from quiz.contest.rules.presets import PRESETS

BEST, FIRST = PRESETS["vcnet"], PRESETS["lam-binh"]
MON, TUE = date(2026, 6, 1), date(2026, 6, 2)


def held(ref, correct, at, day=MON, guess=None, order=1):
    return SubmittedAttempt(EntryValue(ref, correct, 60_000, guess, at), day, order)


@pytest.mark.parametrize(
    ("moment", "fault"),
    [(99, IssueKind.EARLY), (100, None), (150, None), (151, IssueKind.FUTURE), (200, IssueKind.LATE), (None, None)],
)
def test_a_paper_is_of_the_round_from_its_opening_until_before_its_close(moment, fault):
    assert Window(100, 200, 150).issue_at(moment) == fault


def test_a_paper_without_a_time_gets_the_last_possible_one():
    assert (Window(100, 200, 150).last_ms, Window(100, 200, 900).last_ms) == (150, 199)


def test_the_best_try_counts_with_its_guess_on_its_day():
    found = count_person([held("a", 2, 10, MON, 5), held("b", 3, 20, TUE, 7)], BEST, 3)

    assert (found.entry.ref, found.guess) == ("b", 7)
    assert found.days == {MON: (1, 1, 0), TUE: (1, 0, 1)}


def test_the_first_try_counts_even_if_imported_late():
    found = count_person([held("b", 3, 20, TUE, 7, order=1), held("a", 2, 10, MON, 5, order=2)], FIRST, 3)

    assert (found.entry.ref, found.guess, found.days[TUE]) == ("a", 5, (1, 0, 0))


def test_a_try_without_a_time_is_later_than_all_others():
    assert count_person([held("a", 3, None), held("b", 3, 10)], FIRST, 3).entry.ref == "b"


def test_no_tries_give_no_entry():
    with pytest.raises(ValueError, match="without attempts"):
        count_person([], BEST, 3)


@given(st.sets(st.integers(1, 9)), st.integers(1, 9))
def test_a_free_place_is_not_taken(taken, limit):
    slot = free_slot(taken, limit)

    assert slot is None or (slot not in taken and 1 <= slot <= limit)
    assert (slot is None) == (set(range(1, limit + 1)) <= taken)


def test_turns_are_in_order_of_submission_with_undated_ones_last():
    turns = [
        Turn(row, ("",), "An", None, "", EntryValue("", 0, None, None, at)) for row, at in ((2, None), (3, 9), (4, 5))
    ]

    assert [turn.number for turn in in_order(turns)] == [4, 3, 2]


def typed(number, name, person, phone="0912"):
    return Turn(number, (person,), name, phone, "", EntryValue("", 0, None, None, None))


def test_names_on_one_phone_that_differ_by_marks_alone_are_looked_at_row_after_the_first():
    turns = [typed(7, "Lý Thị Mùi", "b"), typed(3, "Lý Thị Mui", "a"), typed(5, "LÝ THỊ MÙI", "b"), typed(9, "An", "c")]

    found = list(lookalikes(turns))

    assert found == [TurnIssue(5, IssueKind.LOOKALIKE, 3), TurnIssue(7, IssueKind.LOOKALIKE, 3)]


@pytest.mark.parametrize(
    "turns",
    [
        [typed(1, "Hoà", "a"), typed(2, "Hòa", "a")],
        [typed(1, "Hoà", "a"), typed(2, "Hoa", "b", "0913")],
        [typed(1, "Hoà", "a", None), typed(2, "Hoa", "b", None)],
        [typed(1, "Hoà", "a"), typed(2, "Huệ", "b")],
        [],
    ],
)
def test_one_person_another_phone_no_phone_or_another_name_is_nothing_to_look_at(turns):
    assert list(lookalikes(turns)) == []


@given(
    st.lists(st.tuples(st.integers(0, 3), st.one_of(st.none(), st.integers(0, 9)), st.sampled_from([MON, TUE])),
             min_size=1, max_size=8),
    st.sampled_from(sorted(PRESETS)),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_a_persons_tally_has_each_turn_one_person_and_a_perfect_entry_at_most(tries, preset, chance):
    attempts = [held(str(order), correct, at, day, order=order) for order, (correct, at, day) in enumerate(tries)]
    mixed = chance.sample(attempts, len(attempts))

    found = count_person(mixed, PRESETS[preset], 3)

    turns, people, perfect = (sum(column) for column in zip(*found.days.values(), strict=True))
    assert (turns, people, perfect) == (len(tries), 1, int(found.entry.correct == 3))
    assert found == count_person(attempts, PRESETS[preset], 3)
