"""A column of guesses: dots and commas are thousands or decimals, and what can be read in two ways is reported."""

import pytest

from quiz.attempt.files.guesses import read_guesses


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["350", "120.000", "410"], [350, 120, 410]),
        (["350", "120,000", "410"], [350, 120, 410]),
        (["3500", "120.000", "98000"], [3500, 120_000, 98_000]),
        (["350", "1.200", "410"], [350, 1200, 410]),
        (["350", "1.000", "410"], [350, 1000, 410]),
        (["120.000"], [120_000]),
    ],
)
def test_a_number_that_can_be_read_in_two_ways_is_decided_by_the_others_and_reported(cells, values) -> None:
    guesses = read_guesses(cells)

    assert guesses.values == values
    assert len(guesses.doubts) == 1


def test_a_doubt_names_both_readings() -> None:
    assert read_guesses(["350", "120.000"]).doubts == {
        1: "dự đoán “120.000” có thể là 120.000 hoặc 120; đã đọc là 120, hãy xem lại."
    }


@pytest.mark.parametrize(
    "cells",
    [["1.200", "3.914", "950"], ["1.200 người", "2.000", "3.914"], ["350", "410.0", 120.0], ["1.234.567"], [""]],
)
def test_a_column_written_in_one_way_is_not_doubted(cells) -> None:
    assert read_guesses(cells).doubts == {}


def test_dots_and_commas_mixed_for_thousands_are_reported() -> None:
    assert list(read_guesses(["1.250", "1,310", "2.408"]).doubts) == [0, 1, 2]
