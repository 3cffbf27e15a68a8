"""The geometry of charts, as attributes of SVG: everything lies inside its box, and the order of values is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts.bars import hbar, spark
from core.charts.diverging import LEFT, RIGHT, diverging
from core.charts.strips import Mark, change_axis, strip, strip_axis

SHARES = st.floats(0, 1)
FIVE = st.lists(st.integers(0, 10_000), min_size=5, max_size=5).filter(any)


def place(text):
    assert text.endswith("%")
    return float(text[:-1])


def of_all(counts):
    return [count / sum(counts) for count in counts]


def test_the_axis_begins_at_fifty_percent_on_all_pages():
    axis = strip_axis([0.739, 0.9], 0.817)

    assert (axis.foot, axis.reference.at) == (0.5, "63.4%")
    assert [(tick.percent, tick.at) for tick in axis.ticks if not tick.is_wide_only] == [(50, "0%"), (100, "100%")]


def test_the_axis_begins_lower_where_a_dot_lies_below_fifty():
    assert strip_axis([0.49, 0.9], 0.8).foot == 0.4
    assert strip_axis([0.7, 0.9], 0.1).foot == 0.0
    assert [tick.percent for tick in strip_axis([0.49]).ticks] == [40, 50, 60, 70, 80, 90, 100]
    assert [tick.percent for tick in strip_axis([0.39]).ticks] == [20, 40, 60, 80, 100]


def test_an_axis_of_changes_lies_round_zero_and_cuts_the_longest_intervals():
    axis = change_axis([0.04, -0.02])

    row = strip(axis, 0.06, (-0.4, 0.6), Mark.UNCLEAR)

    assert (axis.foot, axis.top, axis.reference.at) == (-0.3, 0.3, "50%")
    assert [tick.percent for tick in axis.ticks] == [-30, -20, -10, 10, 20, 30]
    assert (row.dot, row.low, row.high, row.is_cut, row.is_cut_right) == ("60%", "0%", "100%", True, True)


def test_an_axis_of_changes_is_longer_only_for_a_dot():
    assert change_axis([0.31]).top == 0.6
    assert change_axis([-0.61]).top == 1.0
    assert change_axis([]).top == 0.3


def test_a_label_that_the_line_would_run_through_is_left_out():
    assert 80 not in [tick.percent for tick in strip_axis([0.8], 0.817).ticks]
    assert 80 in [tick.percent for tick in strip_axis([0.8]).ticks]


def test_an_interval_that_leaves_the_axis_is_cut_and_says_so():
    axis = strip_axis([0.55], 0.8)

    cut = strip(axis, 0.55, (0.4, 0.7), Mark.LOWER, thin=(0.35, 0.74))

    assert (cut.low, cut.thin[0], cut.is_cut) == ("0%", "0%", True)
    assert strip(axis, 0.8, (0.7, 0.9), Mark.UNCLEAR).is_cut is False


def test_a_share_outside_its_interval_is_refused():
    with pytest.raises(ValueError, match="inside"):
        strip(strip_axis([0.9]), 0.9, (0.5, 0.8), Mark.HIGHER)


@given(st.lists(SHARES, min_size=3, max_size=3), st.none() | SHARES)
def test_a_strip_keeps_the_order_of_its_values_inside_the_box(values, reference):
    low, share, high = sorted(values)
    axis = strip_axis([share], reference)

    row = strip(axis, share, (low, high), Mark.UNCLEAR)

    assert 0 <= place(row.low) <= place(row.dot) <= place(row.high) <= 100


def test_the_middle_level_straddles_the_line():
    bars = diverging([("Xã Lâm Bình", [0.04, 0.08, 0.14, 0.36, 0.38])])

    third = bars.bars[0].segments[2]
    assert place(bars.centre) == pytest.approx(place(third.x) + place(third.width) / 2, abs=0.02)


def test_a_level_has_its_number_inside_only_where_there_is_room():
    segments = diverging([("", [0.04, 0.08, 0.14, 0.36, 0.38])]).bars[0].segments

    assert [bool(each.label_at) for each in segments] == [False, False, True, True, True]


@given(st.lists(FIVE, min_size=1, max_size=3))
def test_diverging_bars_share_a_line_and_stay_inside(rows):
    bars = diverging([("", of_all(counts)) for counts in rows])

    for counts, bar in zip(rows, bars.bars, strict=True):
        ends = [(place(each.x), place(each.end)) for each in bar.segments]
        assert LEFT - 0.02 <= ends[0][0] <= ends[-1][1] <= RIGHT + 0.02
        for each, share in zip(bar.segments, of_all(counts), strict=True):
            assert each.percent == pytest.approx(100 * share)
        widths = [place(each.width) for each in bar.segments]
        assert sum(widths) == pytest.approx(ends[-1][1] - ends[0][0], abs=0.1)


@pytest.mark.parametrize("rows", [[], [("", [0.5, 0.5])]])
def test_a_diverging_bar_of_other_than_five_levels_is_refused(rows):
    with pytest.raises(ValueError, match="five shares"):
        diverging(rows)


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_bar_begins_at_zero_and_grows_with_its_count(count, more):
    whole = count + more

    assert place(hbar("", count, whole).width) == pytest.approx(100 * count / whole, abs=0.01)


def test_a_sparkline_runs_from_edge_to_edge_and_higher_is_up():
    line = spark([0.5, 1.0, 0.75], foot=0.5, reference=0.75)

    assert (line.line, line.reference) == ("M0 100L50 0L100 50", "50%")
    assert (line.first_y, line.last_y) == ("100%", "50%")


def test_a_sparkline_of_one_value_is_refused():
    with pytest.raises(ValueError, match="two points"):
        spark([0.5])
