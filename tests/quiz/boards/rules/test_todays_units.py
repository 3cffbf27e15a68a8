"""Old units in the lines of the board by the units of today."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.boards.rules.today import BoardLine, lines_of_today

IDS = st.integers(1, 12)


def test_units_that_became_one_are_one_line():
    assert lines_of_today([1, 2, 3], {1: [9], 2: [9], 3: [8]}) == [
        BoardLine(9, (1, 2), False),
        BoardLine(8, (3,), False),
    ]


def test_a_split_unit_stays_a_line_of_its_own():
    assert lines_of_today([1, 2], {1: [8, 9], 2: [9]}) == [BoardLine(1, (1,), True), BoardLine(9, (2,), False)]


def test_a_unit_that_was_merged_and_then_split_is_split():
    assert lines_of_today([1], {1: [5], 5: [8, 9]}) == [BoardLine(1, (1,), True)]


def test_successors_are_followed_to_the_last():
    assert lines_of_today([1, 5], {1: [5], 5: [9]}) == [BoardLine(9, (1, 5), False)]


def test_a_unit_without_a_successor_is_itself():
    assert lines_of_today([1], {}) == [BoardLine(1, (1,), False)]
    assert lines_of_today([], {1: [2]}) == []


@given(st.lists(IDS, unique=True), st.dictionaries(IDS, st.sets(IDS, min_size=1, max_size=3)))
def test_every_unit_is_in_exactly_one_line_for_any_map(unit_ids, successors):
    lines = lines_of_today(unit_ids, successors)

    assert sorted(member for line in lines for member in line.members) == sorted(unit_ids)
    assert all(len(line.members) == 1 for line in lines if line.is_split)
