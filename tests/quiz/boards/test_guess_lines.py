"""The lines and counts of the histogram of guesses."""

from decimal import Decimal

import pytest

from quiz.boards.views.guess_chart import GuessChart, _bars, _lines
from quiz.results.rules.answers import spread


@pytest.mark.parametrize(("most", "lines"), [(6, [2, 4, 6]), (147, [50, 100]), (254, [100, 200]), (1, [1])])
def test_a_histogram_has_at_most_three_lines_at_round_counts(most, lines):
    assert [count for _at, count in _lines(most)] == lines


def test_a_line_stands_at_the_height_of_a_bar_of_its_count():
    found = spread({1: 6, 2: 4, 3: 5, 4: 3, 5: 2}, 3)

    bars = _bars(found, 3)

    heights = {bar.count: bar.y for bar in bars}
    assert [(count, at == heights[count]) for at, count in _lines(6)] == [(2, True), (4, True), (6, True)]
    assert [bar.count for bar in bars if bar.is_tallest] == [6]


@pytest.mark.parametrize(
    ("truth_at", "is_late", "counted"),
    [
        (Decimal(10), False, [4, 5, 3, 2]),
        (Decimal(35), False, [6, 4, 5, 3, 2]),
        (Decimal(58), False, [6, 4, 3, 2]),
        (Decimal(30), True, [4, 5, 3, 2]),
    ],
)
def test_no_count_stands_on_the_line_of_the_truth_or_below_its_words(truth_at, is_late, counted):
    """Six bars from 0 on, their middles from 8 to 92 %; that of 1, at 25 %, is the tallest."""
    found = spread({1: 6, 2: 4, 3: 5, 4: 3, 5: 2}, 3)
    chart = GuessChart(found, None, "3", _bars(found, 3), truth_at, is_late, (), (), is_turnout=False)

    assert [bar.count for bar in chart.counted] == counted
