"""A sheet of ratings is read as people fill it in; unreadable cells are errors of their row."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets.cells import SheetError
from core.sheets.reading import read_content
from core.sheets.report import IssueSeverity
from core.sheets.sheet import Sheet
from survey.instrument.rules import quick
from survey.instrument.rules.levels import Level
from survey.rating.files.columns import COLUMNS
from survey.rating.files.imports import open_sheet, template
from survey.rating.files.ratings import Defaults, read_level, read_ratings, read_reasons
from survey.rating.rules.channels import Channel

TODAY = date(2026, 6, 30)
CELLS = st.one_of(
    st.none(), st.text(max_size=20), st.floats(allow_nan=True), st.booleans(), st.dates(), st.datetimes(), st.times(),
    st.timedeltas(), st.sampled_from(["Rất hài lòng", "5", "Phiếu giấy", "05/06/2026", "Tổng cộng", "=1+1"]),
)  # fmt: skip


def issues(found, severity=IssueSeverity.ERROR):
    return [issue for issue in found.issues if issue.severity is severity]


def read(text, *, counter=2, day=None, channel=Channel.PAPER):
    grid = open_sheet(read_content(text.encode(), "phieu.csv"))
    return read_ratings(grid, dict(grid.places), Defaults(counter, TODAY, channel, day))


def test_a_plain_sheet_is_read_by_the_meaning_of_its_columns():
    found = read(
        "STT,Dấu thời gian,Ông/bà hài lòng với dịch vụ ở mức nào?,Ý kiến góp ý\n1,05/06/2026 08:12,Hài lòng,Tốt\n"
    )

    rating = found.ratings[0]
    assert issues(found) == []
    assert (rating.row, rating.day, rating.channel) == (2, date(2026, 6, 5), Channel.PAPER)
    assert (rating.opinion.level, rating.opinion.comment) == (Level.SATISFIED, "Tốt")


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("Rất hài lòng", 5), ("RẤT HÀI LÒNG", 5), ("rat hai long", 5), ("5. Rất hài lòng", 5), ("5", 5), ("５", 5),
        ("5.0", 5), ("4 sao", 4), ("3/5", 3), ("★★☆☆☆", 2), ("Chưa hài lòng", 2), ("1", 1),
    ],
)  # fmt: skip
def test_a_level_is_read_as_people_write_it(written, level):
    assert read_level(written) == level


@pytest.mark.parametrize("written", ["0", "6", "-1", "1e9", "NaN", "", "hài", "55", "5 6", "=5"])
def test_a_text_that_is_no_level_gives_none(written):
    assert read_level(written) is None


@pytest.mark.parametrize("written", ["0", "6", "-1", "1e9", "NaN"])
def test_an_unknown_level_is_reported_with_its_remedy(written):
    found = read(f"Ngày,Mức độ hài lòng\n05/06/2026,{written}\n")

    assert found.ratings == []
    assert f"không hiểu mức “{written}”" in issues(found)[0].text
    assert issues(found)[0].row == 2


def test_reasons_are_found_however_they_are_joined():
    assert read_reasons("Phí, lệ phí và biên lai, Thái độ phục vụ") == ([quick.ATTITUDE, quick.COST], "")
    assert read_reasons("Số lần đi lại\nkhác") == ([quick.TRIPS], "khác")


def test_a_row_with_a_missing_or_future_day_is_left_out():
    found = read("Ngày,Mức độ hài lòng\n,5\n01/07/2026,5\nhôm qua,5\n")

    assert [finding.row for finding in issues(found)] == [2, 3, 4]
    assert ["chưa ghi ngày" in issues(found)[0].text, "chưa đến" in issues(found)[1].text] == [True, True]


def test_rows_without_a_day_take_the_one_that_was_chosen():
    found = read("Mức độ hài lòng\nHài lòng\n", day=date(2026, 6, 8))

    assert found.ratings[0].day == date(2026, 6, 8)


def test_a_sheet_never_claims_a_rating_by_dossier_code():
    found = read("Ngày,Mức độ hài lòng,Kênh\n05/06/2026,5,Mã đánh giá theo hồ sơ\n05/06/2026,5,Phiếu giấy\n")

    assert [finding.row for finding in issues(found)] == [2]
    assert len(found.ratings) == 1


def test_a_row_of_another_counter_is_kept_out():
    found = read("Ngày,Mức độ hài lòng,Quầy\n05/06/2026,5,Quầy 3\n05/06/2026,5,02\n05/06/2026,5,\n")

    assert [(finding.row, "quầy “Quầy 3”" in finding.text) for finding in issues(found)] == [(2, True)]
    assert len(found.ratings) == 2


def test_a_telephone_number_in_a_comment_is_hidden_and_reported():
    found = read("Ngày,Mức độ hài lòng,Góp ý\n05/06/2026,1,Gọi 0912 345 678 cho tôi\n")

    assert found.ratings[0].opinion.comment == "Gọi (số đã ẩn) cho tôi"
    assert issues(found, IssueSeverity.WARNING)[0].row == 2


def test_a_comment_that_is_too_long_keeps_its_row_out():
    found = read(f"Ngày,Mức độ hài lòng,Góp ý\n05/06/2026,1,{'a' * 1001}\n")

    assert "dài quá 1000 chữ" in issues(found)[0].text


@given(
    st.lists(st.lists(CELLS, max_size=8), max_size=8),
    st.dictionaries(st.sampled_from([c.name for c in COLUMNS]), st.integers(-2, 9)),
)
def test_any_cells_under_any_mapping_are_read_or_refused(rows, places):
    try:
        grid = open_sheet(iter([Sheet(iter(rows))]))
        found = read_ratings(grid, places, Defaults(2, TODAY))
    except SheetError:
        return

    assert len(found.ratings) + len(issues(found)) == found.total


@given(st.binary(max_size=300))
def test_any_bytes_are_ratings_or_refused(data):
    try:
        grid = open_sheet(read_content(data, "phieu.csv"))
    except SheetError:
        return

    found = read_ratings(grid, dict(grid.places), Defaults(2, TODAY))

    assert len(found.ratings) + len(issues(found)) == found.total


def test_an_empty_template_is_reported():
    with pytest.raises(SheetError, match="chưa có dòng nào"):
        open_sheet(read_content(template(), "mau.xlsx"))


def test_a_day_far_from_those_of_the_others_is_reported():
    found = read("Ngày;Mức độ hài lòng\n05/06/2026;5\n05/06/2006;5\n06/06/2026;4\n")

    assert [(issue.row, issue.text) for issue in issues(found, IssueSeverity.WARNING)] == [
        (3, "ngày “05/06/2006” cách xa ngày của các phiếu khác; hãy xem lại năm.")
    ]


def test_a_second_column_for_the_level_is_reported_as_not_read():
    text = "Ngày;Mức độ hài lòng về thái độ;Mức độ hài lòng về thời gian\n05/06/2026;5;1\n"

    assert open_sheet(read_content(text.encode(), "phieu.csv")).notes == [
        "Cột “Mức độ hài lòng về thời gian” không được đọc: đã lấy cột “Mức độ hài lòng về thái độ” làm “Mức độ hài "
        "lòng”."
    ]


def test_a_form_that_is_marked_as_void_is_reported():
    found = read("Ngày;Mức độ hài lòng;Ghi chú\n05/06/2026;5;phiếu hỏng\n05/06/2026;4;\n")

    assert [(issue.row, issue.text) for issue in issues(found, IssueSeverity.WARNING)] == [
        (2, "cột “Ghi chú” ghi “phiếu hỏng”; dòng này vẫn được tính, hãy xem lại.")
    ]


@pytest.mark.parametrize("title", ["Tuần", "Tháng", "Quý", "Năm", "Ngày hẹn trả", "Ngày giải quyết"])
def test_a_column_of_weeks_or_other_days_is_named_when_the_default_day_is_used(title):
    found = read(f"{title},Mức độ hài lòng\n05/06/2026,5\n", day=date(2026, 6, 1))

    assert [rating.day for rating in found.ratings] == [date(2026, 6, 1)]
    assert any(note.startswith(f"Cột “{title}” không được đọc là ngày đánh giá") for note in found.notes)


def test_a_column_that_is_no_week_is_not_named():
    found = read("Năm sinh,Quý vị đến từ đâu,Mức độ hài lòng\n1980,x,5\n", day=date(2026, 6, 1))

    assert not any("không được đọc" in note for note in found.notes)


@pytest.mark.parametrize(
    ("title", "cell"), [("Quầy", "2+3"), ("Quầy", "2, 3"), ("Tên quầy", "Quầy 3"), ("Bộ phận", "Quầy số 3")]
)
def test_a_row_of_another_counter_is_no_rating(title, cell):
    found = read(f'Ngày,{title},Mức độ hài lòng\n05/06/2026,"{cell}",5\n')

    assert found.ratings == []
    assert [issue.text for issue in issues(found)] == [f"dòng này ghi quầy “{cell}”, không phải quầy 2 đang nhập."]


def test_a_form_number_twice_on_one_day_is_doubted():
    found = read("Mã phiếu,Ngày,Mức độ hài lòng\n1,05/06/2026,5\n1,06/06/2026,4\n1,05/06/2026,2\n")

    assert len(found.ratings) == 3
    assert [issue.row for issue in issues(found, IssueSeverity.WARNING)] == [4]
