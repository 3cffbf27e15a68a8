"""Public draws: which of them hold, and the prizes by them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.entry import EntryValue
from quiz.contest.rules.presets import PRESETS, Ties
from quiz.contest.rules.prizes import Tier
from quiz.results.rules.draws import BadDraw, DrawOrder, TieGroup, drawn_refs, in_force, parts_by
from quiz.results.rules.prizes import Award, award, groups_to_draw
from quiz.results.rules.ranking import Standing, rank

FIRST, SECOND, THIRD = Tier("Giải Nhất", 1), Tier("Giải Nhì", 2), Tier("Giải Ba", 3)


def standings(*scores: int, at: int | None = None) -> list[Standing]:
    """Return standings of people a, b, c … with these scores; *at* is the moment when all of them submitted."""
    entries = [EntryValue(chr(97 + i), score, None, None, at) for i, score in enumerate(scores)]
    return rank(entries, PRESETS["guess"].order, None)


def awarded(awards: list[Award]) -> list[tuple[str, str | None]]:
    return [(one.standing.entry.ref, one.tier.name if one.tier else None) for one in awards]


def drawn(group: str, order: str, *, repeats: bool = False, id: int = 1) -> DrawOrder:
    return DrawOrder(id, frozenset(group), tuple(order), repeats)


def test_the_places_of_a_tie_go_in_the_order_drawn() -> None:
    awards = award(standings(9, 8, 8, 8, 7), [FIRST, SECOND], Ties.DRAW, draws=[drawn("bcd", "db")])

    assert awarded(awards) == [("a", "Giải Nhất"), ("d", "Giải Nhì"), ("b", "Giải Nhì")]
    assert [one.draw for one in awards] == [None, 1, 1]


def test_a_tie_over_two_prizes_gives_the_better_one_to_the_first_drawn() -> None:
    awards = award(standings(9, 9, 9), [FIRST, SECOND], Ties.DRAW, draws=[drawn("abc", "cab")])

    assert awarded(awards) == [("c", "Giải Nhất"), ("a", "Giải Nhì"), ("b", "Giải Nhì")]


def test_those_below_a_drawn_tie_get_the_prizes_after_it() -> None:
    awards = award(standings(9, 9, 8), [FIRST, SECOND], Ties.DRAW, draws=[drawn("ab", "ba")])

    assert awarded(awards) == [("b", "Giải Nhất"), ("a", "Giải Nhì"), ("c", "Giải Nhì")]


def test_who_is_passed_over_leaves_the_place_to_the_next_one_drawn() -> None:
    awards = award(standings(9, 9, 9), [FIRST], Ties.DRAW, {"c"}, draws=[drawn("abc", "cb")])

    assert awarded(awards) == [("b", "Giải Nhất")]


def test_when_all_drawn_are_passed_over_the_others_wait_for_another_draw() -> None:
    awards = award(standings(9, 9, 9), [FIRST], Ties.DRAW, {"c"}, draws=[drawn("abc", "c")])

    assert awarded(awards) == [("a", None), ("b", None)]
    assert awarded(
        award(standings(9, 9, 9), [FIRST], Ties.DRAW, {"c"}, draws=[drawn("abc", "c"), drawn("ab", "b")])
    ) == [("b", "Giải Nhất")]


def test_a_draw_is_void_when_somebody_joins_the_tie() -> None:
    awards = award(standings(9, 9, 9), [FIRST], Ties.DRAW, draws=[drawn("ab", "ba")])

    assert [one.needs_draw for one in awards] == [True, True, True]


def test_a_draw_holds_when_somebody_leaves_the_tie() -> None:
    """A correction that takes one out is no second chance for the others."""
    awards = award(standings(9, 9, 5), [FIRST], Ties.DRAW, draws=[drawn("abc", "bca")])

    assert awarded(awards) == [("b", "Giải Nhất")]


def test_those_equal_to_the_millisecond_are_drawn_and_do_not_share() -> None:
    waiting = award(standings(9, 9, 9, 9, at=5), [FIRST, SECOND], Ties.SHARE, most=2)
    awards = award(standings(9, 9, 9, 9, at=5), [FIRST, SECOND], Ties.SHARE, most=2, draws=[drawn("abcd", "dba")])

    assert all(one.needs_draw for one in waiting)
    assert awarded(awards) == [("d", "Giải Nhất"), ("b", "Giải Nhì"), ("a", "Giải Nhì")]


def test_a_new_recording_replaces_the_older_one_of_the_same_people() -> None:
    older, other, newer = drawn("abc", "ab"), drawn("xy", "y", id=2), drawn("abc", "c", repeats=True, id=3)

    assert in_force([older, other, newer]) == [other, newer]
    assert in_force([]) == []


def test_a_draw_among_those_left_over_leaves_the_first_one_standing() -> None:
    first, second = drawn("abc", "c"), drawn("ab", "b", id=2)

    assert in_force([first, second]) == [first, second]
    assert parts_by("abc", [first, second]) == (first, [["c"], ["a", "b"]])
    assert parts_by("ab", [first, second]) == (second, [["b"], ["a"]])
    assert parts_by("abz", [first, second]) is None


def test_a_group_to_draw_says_who_is_in_it_and_for_what() -> None:
    [group] = groups_to_draw(award(standings(9, 8, 8, 8, 7), [FIRST, SECOND], Ties.DRAW))

    assert (group.rank, group.refs, group.places) == (2, ("b", "c", "d"), ("Giải Nhì", "Giải Nhì"))
    assert groups_to_draw([]) == []


def test_each_rank_over_a_boundary_is_drawn_apart() -> None:
    tiers = [FIRST, Tier("Giải Nhì", 1), THIRD]

    groups = groups_to_draw(award(standings(9, 9, 8, 8, 8, 8), tiers, Ties.DRAW))

    assert [each.refs for each in groups] == [("a", "b"), ("c", "d", "e", "f")]
    assert groups[1].places == ("Giải Ba", "Giải Ba", "Giải Ba")


@pytest.mark.parametrize("tickets", [[], [1], [1, 1], [0, 1], [1, 4], [-1, 2]])
def test_tickets_that_do_not_fit_their_group_are_refused(tickets) -> None:
    with pytest.raises(BadDraw):
        drawn_refs(TieGroup(0, 1, ("a", "b", "c"), ("Giải Nhì", "Giải Nhì")), tickets)


@given(st.lists(st.integers(1, 3), min_size=1, max_size=9), st.lists(st.integers(1, 3), max_size=3), st.randoms())
def test_when_every_tie_is_drawn_each_prize_goes_to_one_person(scores, quantities, random) -> None:
    tiers = [Tier(f"Giải {i}", quantity) for i, quantity in enumerate(quantities)]
    found, draws = standings(*scores), list[DrawOrder]()
    while groups := groups_to_draw(award(found, tiers, Ties.DRAW, draws=draws)):
        order = random.sample(groups[0].refs, len(groups[0].places))
        draws.append(DrawOrder(len(draws) + 1, frozenset(groups[0].refs), tuple(order)))

    awards = award(found, tiers, Ties.DRAW, draws=draws)
    assert len(awards) == min(len(scores), sum(quantities))
    assert len({one.standing.entry.ref for one in awards}) == len(awards)
    assert len(draws) <= len(scores)
