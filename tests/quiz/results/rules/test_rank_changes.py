"""A changed place: where it went, what became of the prize, and why."""

from uuid import UUID

import pytest

from quiz.results.rules.rank_changes import ChangeCause, ChangeCounts, Direction, PrizeChange, RankChange, RankedPlace

PAPER, OTHER = UUID(int=1), UUID(int=2)


def place(rank=3, correct=9, distance=4, attempt=PAPER, prize=None):
    return RankedPlace(rank, correct, distance, attempt, prize)


@pytest.mark.parametrize(
    ("before", "after", "direction", "places"),
    [
        (place(3), place(1), Direction.UP, 2),
        (place(1), place(3), Direction.DOWN, -2),
        (place(3), place(3), Direction.SAME, 0),
        (None, place(3), Direction.IN, None),
        (place(3), None, Direction.OUT, None),
    ],
)
def test_a_smaller_rank_is_higher_up(before, after, direction, places):
    change = RankChange(before, after)

    assert (change.direction, change.places) == (direction, places)


@pytest.mark.parametrize(
    ("before", "after", "prize"),
    [
        (place(prize="Giải Nhất"), None, PrizeChange.LOST),
        (place(prize="Giải Nhất"), place(), PrizeChange.LOST),
        (None, place(prize="Giải Nhất"), PrizeChange.GAINED),
        (place(prize="Giải Nhất"), place(prize="Giải Nhì"), PrizeChange.OTHER),
        (place(prize="Giải Nhất"), place(rank=1, prize="Giải Nhất"), PrizeChange.NONE),
    ],
)
def test_a_prize_is_gained_lost_or_another(before, after, prize):
    assert RankChange(before, after).prize is prize


@pytest.mark.parametrize(
    ("after", "cause"),
    [
        (place(1, correct=10, distance=0, attempt=OTHER), ChangeCause.MARK),
        (place(1, distance=0, attempt=OTHER), ChangeCause.PAPER),
        (place(1, distance=0), ChangeCause.DISTANCE),
        (place(1), ChangeCause.OTHERS),
        (None, ChangeCause.EXCLUDED),
    ],
)
def test_the_own_paper_explains_before_those_of_others(after, cause):
    assert RankChange(place(), after).cause is cause


def test_the_list_counts_each_person_once():
    assert ChangeCounts(up=2, down=3, came=1, left=1, same=9, gained=1, lost=1, other=1, prizes_alone=1).listed == 8
