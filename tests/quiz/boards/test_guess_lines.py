"""The lines and counts of the histogram of guesses."""

from decimal import Decimal

import pytest

from quiz.boards.views.guess_chart import _bars, _lines
from quiz.results.rules.answers import spread


@pytest.mark.parametrize(("most", "lines"), [(6, [2, 4, 6]), (147, [50, 100]), (254, [100, 200]), (1, [1])])
def test_a_histogram_has_at_most_three_lines_at_round_counts(most, lines):
    assert [count for _at, count in _lines(most)] == lines


def test_a_line_stands_at_the_height_of_a_bar_of_its_count():
    found = spread({1: 6, 2: 3, 3: 5, 4: 3, 5: 20}, 3)

    heights = {bar.count: bar.y for bar in _bars(found, 3)}

    assert {count: at for at, count in _lines(6)}[6] == heights[6] == Decimal(0)
    assert [bar.count for bar in _bars(found, 3) if bar.is_tallest] == [6]
