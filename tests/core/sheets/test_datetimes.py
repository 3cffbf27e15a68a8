"""Moments and birth years from cells."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets.datetimes import iso_moment, join_moments, read_birth_year, read_moments

CELLS = (
    st.none() | st.booleans() | st.floats() | st.integers() | st.datetimes() | st.dates() | st.times()
    | st.timedeltas() | st.text(alphabet=st.characters(exclude_categories=[]))
    | st.text(alphabet="0123456789/-:. TZ+SACH")
)  # fmt: skip


def moments(*cells: object) -> list[str | None]:
    read, _ = read_moments(cells)
    return [None if one is None else iso_moment(one) for one in read]


@pytest.mark.parametrize(
    "written",
    [
        "05/06/2023 08:12:33",
        "5/6/2023 8:12:33",
        "05-06-2023 08:12:33",
        "08:12:33 05/06/2023",
        "5/6/23, 8:12:33 AM",
        "2023/06/05 8:12:33 SA GMT+7",
        "2023-06-05T08:12:33",
        "2023-06-05T01:12:33Z",
        "2023-06-05 08:12:33+07:00",
        datetime(2023, 6, 5, 8, 12, 33),
        "45082.342048611",
    ],
)
def test_many_spellings_of_one_time_are_read_alike(written: object) -> None:
    assert moments(written) == ["2023-06-05T08:12:33+07:00"]


@pytest.mark.parametrize(
    ("written", "hour"), [("8:00:00 CH", "20"), ("12:00:00 SA", "00"), ("12:00:00 CH", "12"), ("8:00 PM", "20")]
)
def test_morning_and_evening_are_distinguished(written: str, hour: str) -> None:
    assert moments(f"2023/06/05 {written}") == [f"2023-06-05T{hour}:00:00+07:00"]


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("20/11/2026 9h15", "09:15:00"), ("20-11-2026 7g30", "07:30:00"), ("8h ngày 20/11/2026", "08:00:00"),
        ("20/11/2026 lúc 08:05", "08:05:00"), ("9 giờ 15 20/11/2026", "09:15:00"),
        ("9 giờ 15 phút 30 giây, thứ 6 ngày 20/11/2026", "09:15:30"), ("20/11/2026 9H15'", "09:15:00"),
        ("2 giờ chiều 20/11/2026", "14:00:00"), ("7h30 tối 20/11/2026", "19:30:00"),
        ("20/11/2026 11h trưa", "11:00:00"),
        ("20/11/2026 1h trưa", "13:00:00"), ("20/11/2026 12h đêm", "00:00:00"), ("Thứ 6, 20/11/2026", "00:00:00"),
        ("2026-11-20T08:05:00.1234567+07:00", "08:05:00"), ("20/11/2026 08:05 GMT+0700 (Giờ Đông Dương)", "08:05:00"),
    ],
)  # fmt: skip
def test_an_hour_is_read_as_people_write_it(written: str, hour: str) -> None:
    assert [one and one[:19] for one in moments(written)] == [f"2026-11-20T{hour}"]


@pytest.mark.parametrize(
    "written", ["20/11/2026 8.30", "20/11/2026 830", "20/11/2026 9h75", "20/11/2026 lần 2", "20/11/2026 9h15 đến 10h",
                "20/11/2026 08:05 +99", "9h15-20-11-2026", "20/11/2026 +7"],
)  # fmt: skip
def test_a_day_beside_digits_that_are_not_understood_is_no_moment(written: str) -> None:
    assert moments(written) == [None]


def test_a_day_without_an_hour_begins_at_midnight() -> None:
    assert moments("05/06/2023", date(2023, 6, 5)) == ["2023-06-05T00:00:00+07:00"] * 2


@pytest.mark.parametrize(
    ("written", "here"),
    [
        ("2026-11-20 16:30:00 UTC", "2026-11-20T23:30:00"),
        ("2026-11-20 16:30:00 +0000", "2026-11-20T23:30:00"),
        ("2026-11-20T16:30:00Z", "2026-11-20T23:30:00"),
        ("20/11/2026 16:30 GMT", "2026-11-20T23:30:00"),
        ("20/11/2026 18:30 GMT+9", "2026-11-20T16:30:00"),
        ("20/11/2026 16:30 UTC+7", "2026-11-20T16:30:00"),
        ("20/11/2026 16:30 ICT", "2026-11-20T16:30:00"),
        ("20/11/2026 16:30 giờ Việt Nam", "2026-11-20T16:30:00"),
        ("20/11/2026 11:58:00 p.m.", "2026-11-20T23:58:00"),
        ("20/11/2026 12:30 a.m.", "2026-11-20T00:30:00"),
        ("20/11/2026 11:58 P.M", "2026-11-20T23:58:00"),
        ("20/11/2026 CH 2:30", "2026-11-20T14:30:00"),
        ("20/11/2026 2:30 C.H.", "2026-11-20T14:30:00"),
        ("20/11/2026 8h tối", "2026-11-20T20:00:00"),
    ],
)
def test_zones_and_halves_of_the_day_are_known(written: str, here: str) -> None:
    assert moments(written) == [f"{here}+07:00"]


def test_moments_of_another_zone_are_reported_as_converted() -> None:
    _, notes = read_moments(["20/11/2026 16:30", "20/11/2026 09:30 UTC", "20/11/2026 09:31Z"])

    assert notes == [
        "2 thời điểm ghi theo múi giờ khác (đầu tiên là “20/11/2026 09:30 UTC”); đã đổi sang giờ Việt Nam."
    ]


def test_a_zone_in_the_title_holds_for_cells_without_one() -> None:
    read, notes = read_moments(["20/11/2026 16:30", "20/11/2026 16:30 ICT"], "ngay nop (utc)")

    assert [iso_moment(one) for one in read if one is not None] == [
        "2026-11-20T23:30:00+07:00",
        "2026-11-20T16:30:00+07:00",
    ]
    assert notes == ["1 thời điểm ghi theo múi giờ khác (đầu tiên là “20/11/2026 16:30”); đã đổi sang giờ Việt Nam."]


def test_any_other_word_beside_a_time_is_reported() -> None:
    read, notes = read_moments(["20/11/2026 16:30 PST", "21/11/2026 16:30 PST", "thứ Sáu, 20/11/2026 lúc 16:30"])

    assert [one and iso_moment(one) for one in read][:1] == ["2026-11-20T16:30:00+07:00"]
    assert notes == ["Bên cạnh thời điểm có chữ “pst” không rõ nghĩa (2 ô); đã đọc giờ như ghi, theo giờ Việt Nam."]


def test_a_date_and_a_time_in_two_columns_are_one_moment() -> None:
    days = ["20/11/2026", date(2026, 11, 20), datetime(2026, 11, 20), 46346.0, "20/11/2026 08:00", "hôm qua"]
    clocks = ["20:15", time(20, 15), timedelta(hours=20, minutes=15), 0.84375, "20:15", "20:15"]

    assert moments(*join_moments(days, clocks)) == [
        *["2026-11-20T20:15:00+07:00"] * 4,
        "2026-11-20T08:00:00+07:00",
        None,
    ]


@pytest.mark.parametrize(
    ("clock", "read"), [("8h15 tối", "20:15:00"), ("08:15:09 PM", "20:15:09"), ("", "00:00:00"), ("sớm", "00:00:00")]
)
def test_a_time_of_day_is_read_as_people_write_it(clock: str, read: str) -> None:
    assert moments(*join_moments(["20/11/2026"], [clock])) == [f"2026-11-20T{read}+07:00"]


def test_one_thirteenth_in_the_second_place_makes_the_whole_column_american() -> None:
    assert moments("6/5/2023", "6/13/2023") == ["2023-06-05T00:00:00+07:00", "2023-06-13T00:00:00+07:00"]


def test_an_ambiguous_column_is_read_day_first_with_a_note() -> None:
    read, notes = read_moments(["6/5/2023 8:12:33"])

    assert [iso_moment(one) for one in read if one is not None] == ["2023-05-06T08:12:33+07:00"]
    assert notes == ["Ngày tháng trong tệp đọc được theo cả hai cách; đã đọc theo thứ tự ngày/tháng/năm."]


def test_an_unambiguous_column_has_no_note() -> None:
    assert read_moments(["13/06/2023", "05/06/2023"])[1] == []


def test_days_and_months_that_a_workbook_swapped_are_restored() -> None:
    assert moments(datetime(2023, 5, 6), "13/06/2023") == [
        "2023-06-05T00:00:00+07:00",
        "2023-06-13T00:00:00+07:00",
    ]


def test_cells_that_lie_beside_the_texts_as_they_are_stay() -> None:
    assert moments(datetime(2023, 6, 5), "13/06/2023") == [
        "2023-06-05T00:00:00+07:00",
        "2023-06-13T00:00:00+07:00",
    ]


NO_MOMENTS = [
    "05/06/2569",
    "05/06/69",
    datetime(2569, 6, 5),
    "",
    None,
    "hôm qua",
    "32/13/2023",
    "05/06/2023 25:00",
    "05/06/1023",
    True,
    "1",
    21916,
]


@pytest.mark.parametrize("cell", NO_MOMENTS)
def test_a_text_that_is_no_time_gives_none(cell: object) -> None:
    assert moments(cell) == [None]


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("1985", 1985),
        (1985.0, 1985),
        ("05/06/1985", 1985),
        (date(1985, 6, 5), 1985),
        ("85", None),
        ("1985, 1990", None),
        ("Sinh 1985 mất 2020", None),
        ("1985 (1985)", 1985),
        ("", None),
        (date(1905, 6, 7), None),
        (date(2528, 6, 5), None),
        ("2528", None),
    ],
)
def test_a_birth_year_is_found_in_a_date(cell: object, year: int | None) -> None:
    assert read_birth_year(cell) == year


@given(st.lists(CELLS, max_size=6))
def test_no_cell_breaks_the_reader_of_moments(cells) -> None:
    read, _ = read_moments(cells)

    assert len(read) == len(cells)
    assert all(one is None or iso_moment(one).endswith("+07:00") for one in read)


@given(CELLS)
def test_no_cell_breaks_the_reader_of_birth_years(cell) -> None:
    assert read_birth_year(cell) is None or isinstance(read_birth_year(cell), int)


@given(st.datetimes(datetime(2000, 1, 2), datetime(2099, 1, 1)).map(lambda m: m.replace(microsecond=0)))
def test_a_moment_written_day_first_is_read_back(moment: datetime) -> None:
    written = [moment.strftime("%d/%m/%Y %H:%M:%S"), "13/01/2020"]

    assert moments(*written)[0] == moment.isoformat() + "+07:00"
