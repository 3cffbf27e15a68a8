"""The prizes of units in an amendment: what was declared keeps its measure, what is new is read from its name."""

from quiz.contest.forms.prizes import read_collective
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import CollectiveMeasure


def test_a_prize_of_the_same_name_keeps_its_measure_and_another_is_read():
    before = [Tier("Giải Nhất về chất lượng", 1), Tier("Giải Nhì về số lượt", 1)]
    text = "Giải Nhất về chất lượng: 2\nGiải Nhì về số lượt: 1\nGiải Ba về số lượt: 1\nGiải Tư về số người: 1"

    read = read_collective(text, before, CollectiveMeasure.PEOPLE)

    assert [each.measure for each in read] == [None, None, CollectiveMeasure.TURNS, None]
