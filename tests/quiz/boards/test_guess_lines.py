"""The lines and counts of the histogram of guesses."""

import pytest

from quiz.boards.views.guess_chart import _bars, _lines
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
