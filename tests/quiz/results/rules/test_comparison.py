"""The defence: the criterion that decides between two entries is the one that the ranking used."""

from hypothesis import given

from quiz.contest.rules.presets import PRESETS, Criterion, Key
from quiz.results.rules.comparison import CriterionState, EntryComparison, compare_entries
from quiz.results.rules.ranking import Standing, rank
from tests.quiz.results.rules.test_ranking import ENTRIES, ORDERS, TARGETS, entry

LAM_BINH = PRESETS["lam-binh"].order


def compared(*entries, order=LAM_BINH, target=489) -> EntryComparison:
    one, other = sorted(rank(entries, order, target), key=lambda each: each.entry.ref)
    return compare_entries(one, other, order)


def test_time_decides_between_two_with_all_right() -> None:
    found = compared(entry("a", ms=192_300), entry("b", ms=220_900))

    assert found.decisive is not None
    assert (found.upper.entry.ref, found.decisive.criterion, found.decisive.place) == ("a", Criterion.DURATION, 2)
    assert (found.decisive.upper, found.decisive.lower, found.decisive.amount) == (192_000, 220_000, 28_000)


def test_later_criteria_are_not_used_once_one_has_decided() -> None:
    found = compared(entry("a", ms=200_000, guess=489), entry("b", ms=100_000, guess=0))

    assert [step.state for step in found.steps] == [CriterionState.EQUAL, CriterionState.DECIDES, CriterionState.UNUSED]


def test_parts_of_a_second_decide_nothing_where_seconds_count() -> None:
    found = compared(entry("a", ms=60_001, guess=480), entry("b", ms=60_999, guess=491))

    assert found.decisive is not None
    assert (found.upper.entry.ref, found.decisive.criterion, found.decisive.amount) == ("b", Criterion.GUESS, 7)


def test_equal_in_every_criterion_is_a_tie() -> None:
    assert compared(entry("a", guess=479), entry("b", guess=499)).is_tie


def test_a_missing_time_is_behind_a_known_one() -> None:
    found = compared(entry("a", ms=None), entry("b", ms=900_000))

    assert found.decisive is not None
    assert (found.upper.entry.ref, found.decisive.lower, found.decisive.amount) == ("b", None, None)


@given(ENTRIES, ORDERS, TARGETS)
def test_any_two_are_compared_as_the_ranking_placed_them(entries, order: list[Key], target) -> None:
    standings = rank(entries, order, target)

    for one in standings:
        for other in standings:
            found = compare_entries(one, other, order)
            assert found.upper.rank <= found.lower.rank
            assert found.is_tie == (one.rank == other.rank)


@given(ENTRIES, ORDERS, TARGETS)
def test_the_decisive_criterion_is_that_of_the_two_alone(entries, order: list[Key], target) -> None:
    standings = rank(entries, order, target)

    for above, below in zip(standings, standings[1:], strict=False):
        found = compare_entries(below, above, order).decisive
        assert (found and found.criterion) == below.decided_by == _of_two(above, below, order, target)


def _of_two(above: Standing, below: Standing, order: list[Key], target: int | None) -> Criterion | None:
    return rank([above.entry, below.entry], order, target)[1].decided_by
