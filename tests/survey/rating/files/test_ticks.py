"""The paper tally: a column a level, a tick in one of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets.reading import read_content
from core.sheets.report import IssueSeverity
from survey.rating.files.imports import open_sheet
from survey.rating.files.ratings import Defaults, read_ratings

DAY = date(2026, 6, 5)
MERGED = """STT;Ngày;Mức độ;;;;;Góp ý
;;Rất HL;HL;BT;Không HL;Rất không HL;
1;05/06/2026;x;;;;;Tốt
2;05/06/2026;;;;X;;
3;05/06/2026;;;;;;
4;05/06/2026;x;x;;;;
5;05/06/2026;;12;;;;
"""
PLAIN = """Ngày;Rất hài lòng;Hài lòng;Bình thường;Không hài lòng;Rất không hài lòng
05/06/2026;;✓;;;
"""


def issues(found, severity=IssueSeverity.ERROR):
    return [issue for issue in found.issues if issue.severity is severity]


def read(text):
    grid = open_sheet(read_content(text.encode(), "phieu.csv"))
    return read_ratings(grid, dict(grid.places), Defaults(2, date(2026, 6, 30)))


def test_a_tick_below_a_merged_title_is_a_level():
    found = read(MERGED)

    assert [(each.row, int(each.opinion.level), each.opinion.comment) for each in found.ratings] == [
        (3, 5, "Tốt"),
        (4, 2, ""),
    ]


def test_rows_with_no_tick_two_ticks_or_a_count_are_reported():
    errors = issues(read(MERGED))

    assert [finding.row for finding in errors] == [5, 6, 7]
    assert "chưa ghi mức độ hài lòng" in errors[0].text
    assert "“Rất hài lòng: x; Hài lòng: x”" in errors[1].text
    assert "“Hài lòng: 12”" in errors[2].text


def test_levels_in_the_header_itself_are_columns_to_tick():
    found = read(PLAIN)

    assert [(each.day, int(each.opinion.level)) for each in found.ratings] == [(DAY, 4)]
    assert issues(found) == []


@given(
    st.lists(st.lists(st.sampled_from(["", "x", "Rất hài lòng", "HL", "BT", "KHL", "5", "1"]), max_size=7), max_size=7)
)
def test_any_tally_is_read_row_by_row(rows):
    text = "Ngày;Mức độ\n" + "\n".join(";".join(row) for row in rows) + "\n05/06/2026;5\n"

    found = read(text)

    assert len(found.ratings) + len(issues(found)) == found.total


@pytest.mark.parametrize("tick", ["√", "ü", "þ", "☒", "+", "●", "✓️", "X", "✗", "\uf0fc", "■"])
def test_the_marks_that_offices_make_are_ticks(tick):
    found = read(f"STT;Ngày;Rất hài lòng;Hài lòng;Bình thường;Không hài lòng\n1;05/06/2026;;{tick};;\n")

    assert [int(each.opinion.level) for each in found.ratings] == [4]


SCALE = "Mức độ hài lòng ({}: Rất hài lòng … {}: Rất không hài lòng)"


@pytest.mark.parametrize(
    "above",
    [f"Ngày;{SCALE.format(1, 5)}\n", "Chú thích: 1 = rất hài lòng, 5 = rất không hài lòng;\nNgày;Mức độ hài lòng\n"],
)
def test_a_turned_scale_is_obeyed_and_reported(above):
    found = read(f"{above}05/06/2026;1\n05/06/2026;5\n05/06/2026;4 - Không hài lòng\n")

    assert [int(each.opinion.level) for each in found.ratings] == [5, 1, 2]
    assert "Mức ghi bằng số được đọc theo tiêu đề của bảng: 1 là rất hài lòng, 5 là rất không hài lòng." in found.notes


def test_a_scale_in_the_usual_direction_is_not_turned():
    found = read(f"Ngày;{SCALE.format(5, 1)}\n05/06/2026;1\n05/06/2026;5\n")

    assert [int(each.opinion.level) for each in found.ratings] == [1, 5]


def test_a_form_that_was_never_sent_is_left_out_and_reported():
    found = read("submitdate;Mức độ hài lòng;Ngày\n2026-06-05 08:00;5;05/06/2026\n;4;05/06/2026\n")

    assert [int(each.opinion.level) for each in found.ratings] == [5]
    assert [(issue.row, issue.text[:15]) for issue in issues(found)] == [(3, "phiếu chưa gửi ")]
