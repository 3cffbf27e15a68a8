"""The prizes of units by a declared measure, against a plain recount of the order."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from quiz.awards.rules.collective import (
    UnitFigures,
    awards_by_measure,
    collective_awards,
    first_by_measure,
    units_to_draw,
)
from quiz.contest.rules.presets import Ties
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.results.rules.draws import DrawOrder

FIRST, SECOND = Tier("Giải Nhất tập thể", 1), Tier("Giải Nhì tập thể", 2)
SMALL = st.integers(0, 4)
UNITS = st.lists(
    st.builds(
        UnitFigures,
        ref=st.integers(1, 10_000),
        turns=SMALL,
        capped=SMALL,
        people=SMALL,
        winners=SMALL,
        points=SMALL,
        headcount=st.none() | st.integers(1, 6),
    ),
    max_size=8,
    unique_by=lambda each: each.ref,
)


def unit(ref: int, *, turns: int = 0, people: int = 0, headcount: int | None = None) -> UnitFigures:
    return UnitFigures(ref, turns, turns, people, 0, 0, headcount)


def prizes(figures, measure, ties=Ties.SHARE):
    found = collective_awards(figures, [FIRST, SECOND], measure, ties)
    return [(each.figures.ref, each.rank, each.tier and each.tier.name, each.needs_draw) for each in found]


def test_many_turns_of_few_people_win_by_turns_alone() -> None:
    repeating, wide = unit(1, turns=5821, people=1174), unit(2, turns=1827, people=1500)

    assert [each[0] for each in prizes([repeating, wide], CollectiveMeasure.TURNS)] == [1, 2]
    assert [each[0] for each in prizes([repeating, wide], CollectiveMeasure.PEOPLE)] == [2, 1]


def test_a_rate_is_exact_and_needs_a_headcount() -> None:
    units = [unit(1, people=333, headcount=1000), unit(2, people=1, headcount=3), unit(3, people=900)]

    assert [each[:2] for each in prizes(units, CollectiveMeasure.RATE)] == [(2, 1), (1, 2)]


def test_equal_units_share_a_tier_or_wait_for_the_draw() -> None:
    units = [unit(1, people=5), unit(2, people=5)]

    shared = [("Giải Nhất tập thể", False), ("Giải Nhất tập thể", False)]
    assert [each[2:] for each in prizes(units, CollectiveMeasure.PEOPLE)] == shared
    assert [each[2:] for each in prizes(units, CollectiveMeasure.PEOPLE, Ties.DRAW)] == [(None, True), (None, True)]


def test_equal_units_get_their_prizes_in_the_order_drawn() -> None:
    units = [unit(ref, people=5) for ref in (1, 2, 3, 4)]
    draws = [DrawOrder(7, frozenset({"1", "2", "3", "4"}), ("3", "1", "4"))]

    found = collective_awards(units, [FIRST, SECOND], CollectiveMeasure.PEOPLE, Ties.DRAW, draws)

    assert [(each.figures.ref, each.rank, each.tier, each.draw) for each in found] == [
        (3, 1, FIRST, 7),
        (1, 1, SECOND, 7),
        (4, 1, SECOND, 7),
        (2, 1, None, 7),
    ]
    assert units_to_draw(found) == []


def test_equal_units_that_wait_are_a_group_with_its_prizes() -> None:
    units = [unit(1, people=9), *(unit(ref, people=5) for ref in (2, 3, 4))]

    [group] = units_to_draw(collective_awards(units, [FIRST, SECOND], CollectiveMeasure.PEOPLE, Ties.DRAW))

    assert (group.rank, group.refs) == (2, ("2", "3", "4"))
    assert group.places == ("Giải Nhì tập thể", "Giải Nhì tập thể")


def test_a_unit_with_nothing_gets_nothing() -> None:
    assert prizes([unit(1)], CollectiveMeasure.PEOPLE) == []


@given(UNITS, st.sampled_from(CollectiveMeasure), st.sampled_from(Ties))
def test_ranks_count_the_better_units_and_places_are_not_exceeded(units, measure, ties) -> None:
    values = {each.ref: plain_value(each, measure) for each in units}
    valued = {ref: value for ref, value in values.items() if value}
    found = collective_awards(units, [FIRST, SECOND], measure, ties)

    assert {each.figures.ref for each in found} == set(valued)
    for each in found:
        better = sum(value > valued[each.figures.ref] for value in valued.values())
        assert each.rank == better + 1
        assert each.tier is None or better < 3
        assert not each.needs_draw or ties is Ties.DRAW
    assert ties is Ties.SHARE or sum(each.tier is not None for each in found) <= 3


@given(UNITS, st.lists(st.sampled_from(CollectiveMeasure), max_size=4), st.sampled_from(Ties))
def test_the_prizes_of_one_measure_are_as_if_there_were_no_others(units, measures, ties) -> None:
    tiers = [Tier(f"Giải {at}", 1, measure=measure) for at, measure in enumerate(measures)]

    lists = awards_by_measure(units, tiers, None, ties)

    assert [each.measure for each in lists] == list(dict.fromkeys(measures))
    for own in lists:
        alone = [tier for tier in tiers if tier.measure is own.measure]
        assert own.awards == collective_awards(units, alone, own.measure, ties)


def plain_value(each: UnitFigures, measure: CollectiveMeasure) -> Fraction | None:
    if measure is not CollectiveMeasure.RATE:
        return Fraction(vars_of(each)[measure.value])
    return Fraction(each.people, each.headcount) if each.headcount and each.people <= each.headcount else None


def vars_of(each: UnitFigures) -> dict[str, int]:
    return {name: getattr(each, name) for name in ("turns", "capped", "people", "winners", "points")}


@given(UNITS)
def test_the_first_of_each_measure_is_the_first_of_its_order(units) -> None:
    leads = first_by_measure(units)

    for measure, lead in leads.items():
        ranked = collective_awards(units, [], measure, Ties.SHARE)
        firsts = {each.figures.ref for each in ranked if each.rank == 1}
        assert set(lead.refs) == (firsts if lead.is_comparable else set())


def test_a_rate_is_not_compared_while_a_unit_with_people_has_no_headcount() -> None:
    units = [unit(1, people=24, headcount=9120), unit(2, people=32), unit(3, people=12)]

    lead = first_by_measure(units)[CollectiveMeasure.RATE]

    assert (lead.refs, lead.known, lead.of, lead.is_comparable) == ((), 1, 3, False)
    assert first_by_measure(units)[CollectiveMeasure.PEOPLE].refs == (2,)


def test_a_unit_without_people_needs_no_headcount_to_compare_rates() -> None:
    units = [unit(1, people=24, headcount=9120), unit(2, people=30, headcount=9120), unit(3)]

    lead = first_by_measure(units)[CollectiveMeasure.RATE]

    assert (lead.refs, lead.known, lead.of) == ((2,), 2, 2)


def test_all_equal_units_are_first() -> None:
    units = [unit(ref, people=1) for ref in range(1, 8)]

    assert first_by_measure(units)[CollectiveMeasure.PEOPLE].refs == (1, 2, 3, 4, 5, 6, 7)
