"""Durations from cells."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets.durations import read_durations

CELLS = (
    st.none() | st.booleans() | st.floats() | st.integers() | st.datetimes() | st.dates() | st.times()
    | st.timedeltas() | st.text(alphabet=st.characters(exclude_categories=[]))
    | st.text(alphabet="0123456789:. ,phutgiayms'\"")
)  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        "3:05", "03:05", "0:03:05", "00:03:05", "3 phút 05 giây", "3 phút và 5 giây", "3p05s", "3'05\"", "3m 5s",
        "185", "185 giây", 185, 185.0, "185.0", time(0, 3, 5), timedelta(seconds=185), 185 / 86_400,
    ],
)  # fmt: skip
def test_three_minutes_five_seconds_are_read_however_written(written: object) -> None:
    assert read_durations([written]) == ([185_000], [])


def test_minutes_after_an_hour_need_no_unit() -> None:
    assert read_durations(["1h05", "1 giờ 5", "4 phút 5"])[0] == [3_900_000, 3_900_000, 245_000]


def test_a_part_of_a_day_is_not_read_as_a_part_of_a_second() -> None:
    assert read_durations(["0,003125", "0.0031", "0"])[0] == [None, None, 0]
    assert read_durations(["0,5", "0,003125"], "thoi gian (phut)")[0] == [30_000, None]


def test_fractions_of_a_second_are_kept() -> None:
    assert read_durations(["185,25", "3:05.5"])[0] == [185_250, 185_500]


def test_bare_numbers_under_a_title_in_minutes_are_minutes() -> None:
    assert read_durations(["3,5"], "thoi gian lam bai (phut)")[0] == [210_000]


def test_hours_are_read_too() -> None:
    assert read_durations(["1 giờ 2 phút", "1:02:00", "0:00:30"])[0] == [3_720_000, 3_720_000, 30_000]


def test_minutes_that_a_workbook_read_as_hours_are_restored() -> None:
    spans, notes = read_durations([time(3, 5), time(12, 30), "4:10", datetime(1900, 1, 1, 1, 10)])

    assert spans == [185_000, 750_000, 250_000, 1_510_000]
    assert len(notes) == 1


def test_one_cell_read_as_hours_is_restored_among_texts_under_an_hour() -> None:
    spans, notes = read_durations(["5:03", time(4, 12), "0:04:12", None, "?"])

    assert spans == [303_000, 252_000, 252_000, None, None]
    assert len(notes) == 1


@pytest.mark.parametrize("other", ["1 giờ 2 phút", timedelta(hours=1, seconds=5)])
def test_hours_beside_other_hours_stay_hours(other: object) -> None:
    spans, notes = read_durations([other, time(1, 12), "0:00:30"])

    assert (spans[1], notes) == (4_320_000, [])


@pytest.mark.parametrize("cell", ["", None, "nhanh", "-5", "3:99", "9" * 30, True, "1:99:00", datetime(2023, 6, 5)])
def test_a_text_that_is_no_duration_gives_none(cell: object) -> None:
    assert read_durations([cell])[0] == [None]


@given(st.lists(CELLS, max_size=6), st.sampled_from(["", "so phut", "so giay"]))
def test_no_cell_breaks_the_reader_of_durations(cells, title) -> None:
    spans, _ = read_durations(cells, title)

    assert len(spans) == len(cells)
    assert all(span is None or span >= 0 for span in spans)


@given(st.integers(0, 86_399))
def test_a_duration_written_as_a_clock_is_read_back(seconds: int) -> None:
    written = str(timedelta(seconds=seconds))

    assert read_durations([written, "0:00:01"])[0][0] == seconds * 1000


@pytest.mark.parametrize("cell", ["4.1", "4,10", 4.1, 4.0, "0"])
def test_a_bare_number_among_clock_times_is_no_duration(cell: object) -> None:
    spans, _ = read_durations(["4:10", cell, "0:05:00"], "thoi gian lam bai (phut:giay)")

    assert spans == [250_000, None, 300_000]


def test_a_whole_number_among_clock_times_has_the_unit_of_the_title() -> None:
    for title, whole in (("thoi gian (phut)", 300_000), ("thoi gian (giay)", 5_000)):
        assert read_durations(["4:10", "5", "4,1", "3:05"], title)[0] == [250_000, whole, None, 185_000]


def test_seconds_among_clock_times_are_read_with_a_note() -> None:
    spans, notes = read_durations(["4:10", "252", "3:05"])

    assert spans == [250_000, 252_000, 185_000]
    assert notes == ["1 ô thời gian làm bài ghi số không có đơn vị (“252”); đã đọc là giây."]


def test_small_numbers_without_a_unit_are_seconds_with_a_note() -> None:
    spans, notes = read_durations(["4.1", "5.25", "12"])

    assert spans == [4_100, 5_250, 12_000]
    assert len(notes) == 1 and "không rõ phút hay giây" in notes[0]
    assert read_durations(["41", "52", "12"], "so giay")[1] == read_durations(["250", "310"])[1] == []
