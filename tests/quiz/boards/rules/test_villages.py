"""No number of a village under five can be worked out from its commune's."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.boards.rules.villages import FEWEST, grouped_by_commune, withheld


@given(st.dictionaries(st.integers(1, 9), st.integers(0, 12), min_size=2))
def test_a_small_village_is_never_withheld_alone(people):
    hidden = withheld(people)

    if not any(people.values()):
        assert hidden == frozenset()
        return
    assert {ref for ref, count in people.items() if count < FEWEST} <= hidden
    assert len(hidden) != 1
    assert len(hidden) <= max(2, sum(count < FEWEST for count in people.values()))


@given(st.dictionaries(st.integers(1, 9), st.integers(FEWEST, 12)))
def test_nothing_is_withheld_where_no_village_is_small(people):
    assert withheld(people) == frozenset()


def test_a_school_of_the_one_commune_leaves_its_villages_apart():
    homes = {7: 1}

    assert grouped_by_commune([5, 6, 7], {5: 1, 6: 1}, homes) == {5: [], 6: [], 7: []}


def test_a_school_elsewhere_makes_the_villages_lines_of_their_commune():
    homes = {7: 2}

    assert grouped_by_commune([5, 6, 7], {5: 1, 6: 1}, homes) == {1: [5, 6], 7: []}
