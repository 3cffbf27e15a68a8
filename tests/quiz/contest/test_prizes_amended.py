"""The prizes of units in an amendment: what was declared keeps its measure, what is new is read from its name."""

import pytest
from wtforms import ValidationError

from quiz.contest.forms.prizes import read_collective
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import CollectiveMeasure


def test_a_prize_of_the_same_name_keeps_its_measure_and_another_is_read():
    before = [Tier("Giải Nhất về chất lượng", 1), Tier("Giải Nhì về số lượt", 1)]
    text = "Giải Nhất về chất lượng: 2\nGiải Nhì về số lượt: 1\nGiải Ba về số lượt: 1\nGiải Tư về số người: 1"

    read = read_collective(text, before, CollectiveMeasure.PEOPLE)

    assert [each.measure for each in read] == [None, None, CollectiveMeasure.TURNS, None]


def test_an_amendment_adds_no_second_first_prize_by_one_measure():
    before = [Tier("Giải Nhất", 1), Tier("Giải Nhất về tổng số câu đúng", 1, measure=CollectiveMeasure.POINTS)]
    text = "Giải Nhất: 1\nGiải Nhất về tổng số câu đúng: 1\nGiải Nhất về số người dự thi: 1"

    with pytest.raises(ValidationError, match="cùng là giải Nhất và xếp theo một cách"):
        read_collective(text, before, CollectiveMeasure.PEOPLE)


def test_two_first_prizes_that_were_declared_before_stay_while_nothing_else_changes():
    before = [Tier("Giải Nhất thôn", 1), Tier("Giải Nhất trường", 1)]

    assert read_collective("Giải Nhất thôn: 1\nGiải Nhất trường: 1", before, CollectiveMeasure.PEOPLE) == before
