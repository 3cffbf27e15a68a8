"""The people left of a unit: sums, the search, and the unit with most people left."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.outreach.rules.turnout import Turnout, matching, most_left, total

counts = st.integers(0, 9)
turnouts = st.builds(
    lambda unit, entered, left, came, absent: Turnout(unit, "thôn", entered + left, entered, came + absent, came),
    st.integers(1, 99),
    counts,
    counts,
    counts,
    counts,
)


@given(st.lists(turnouts, max_size=5))
def test_the_people_left_of_all_units_are_the_sum_of_those_of_each(lines):
    whole = total(lines)

    assert whole.listed_left == sum(each.listed_left for each in lines)
    assert whole.registered_left == sum(each.registered_left for each in lines)


@given(st.lists(turnouts, min_size=2, max_size=5))
def test_no_unit_has_more_people_left_than_the_one_that_is_named(lines):
    most = most_left(lines)

    assert all(each.left <= (most.left if most else (0, 0)) for each in lines)


def test_a_single_unit_is_not_named_as_the_one_with_most_left():
    assert most_left([Turnout(1, "thôn Nà Tông", 5)]) is None


def test_units_are_found_without_marks_and_by_any_of_their_words():
    lines = [Turnout(1, "thôn Nà Tông", 3), Turnout(2, "Trường THCS Nà Tông", 2, 2), Turnout(3, "Bản Chợ", 1)]

    assert [each.unit_id for each in matching(lines, "NA tong")] == [1, 2]
    assert [each.unit_id for each in matching(lines, "na tong", is_left=True)] == [1]


def test_somebody_who_registered_and_is_left_keeps_a_unit_on_the_list():
    assert matching([Turnout(1, "Nà Tông", 2, 2, 3, 2)], is_left=True)
