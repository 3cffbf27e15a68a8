"""The lines of a board summed by province."""

from quiz.boards.rules.board import UnitLine
from quiz.boards.rules.provinces import sum_provinces

TUYEN_QUANG, THAI_NGUYEN = 8, 19


def test_communes_of_two_provinces_are_summed_apart_and_the_larger_is_first():
    lines = [UnitLine(1, 3, 2, 5_000), UnitLine(2, 9, 7, 4_000), UnitLine(3, 0, 0, 6_000)]

    first, second = sum_provinces(lines, {1: TUYEN_QUANG, 2: THAI_NGUYEN, 3: TUYEN_QUANG})

    assert (first.line, first.units, first.entered) == (UnitLine(THAI_NGUYEN, 9, 7, 4_000), 1, 1)
    assert (second.line, second.units, second.entered) == (UnitLine(TUYEN_QUANG, 3, 2, 11_000), 2, 1)
    assert str(second.rate) == "0.2"


def test_a_province_has_no_rate_while_a_headcount_is_missing_or_exceeded():
    [missing] = sum_provinces([UnitLine(1, 3, 3, 5_000), UnitLine(2, 2, 2)], dict.fromkeys((1, 2), TUYEN_QUANG))
    [exceeded] = sum_provinces([UnitLine(1, 9, 9, 4), UnitLine(2, 2, 2, 4)], dict.fromkeys((1, 2), TUYEN_QUANG))

    assert (missing.rate, exceeded.rate) == (None, None)


def test_capped_turns_are_summed_where_they_were_counted():
    lines = [UnitLine(1, 5, 2, capped=4), UnitLine(2, 3, 3, capped=3)]

    [line] = sum_provinces(lines, dict.fromkeys((1, 2), TUYEN_QUANG))

    assert line.line.capped == 7


def test_units_outside_any_province_and_one_alone_have_no_sum():
    lines = [UnitLine(1, 3, 3), UnitLine(2, 2, 2)]

    assert sum_provinces(lines, {1: TUYEN_QUANG}) == []
    assert sum_provinces(lines[:1], {1: TUYEN_QUANG}) == []
