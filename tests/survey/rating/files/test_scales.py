"""Numbers of a sheet of ratings: the end that is best, other scales, rows that count several forms."""

from datetime import date

import pytest

from core.sheets.cells import SheetError
from core.sheets.reading import read_content
from survey.rating.files.imports import open_sheet
from survey.rating.files.ratings import Defaults, read_ratings


def levels(*lines: str) -> list[int]:
    grid = open_sheet(read_content("\n".join(lines).encode(), "phieu.csv"))
    found = read_ratings(grid, dict(grid.places), Defaults(2, date(2026, 6, 30)))
    return [int(each.opinion.level) for each in found.ratings]


@pytest.mark.parametrize(
    "said",
    [
        "1 là tốt nhất",
        "1 = tốt nhất, 5 = kém nhất",
        "1: Rất tốt",
        "số 1 là hài lòng nhất",
        "1 là hài lòng",
        "rất hài lòng (1) đến rất không hài lòng (5)",
        "1-5, từ tốt nhất đến kém nhất",
        "5 là thấp nhất",
        "từ rất hài lòng đến rất không hài lòng, 1-5",
        "1 cao nhất",
        "1 → rất hài lòng",
    ],
)
def test_one_is_the_best_level_where_the_title_says_so(said: str) -> None:
    assert levels(f"Ngày;Mức độ hài lòng ({said})", "05/06/2026;1", "05/06/2026;5") == [5, 1]


@pytest.mark.parametrize(
    "title",
    [
        "Mức độ hài lòng (1)",
        "1. Mức độ hài lòng chung",
        "Mức độ hài lòng (5 là tốt nhất)",
        "Mức độ hài lòng (1-5)",
        "Mức độ hài lòng (1 là kém nhất)",
        "Mức độ hài lòng (5: rất hài lòng, 1: rất không hài lòng)",
        "Mức độ hài lòng (từ 1 đến 5, kém nhất đến tốt nhất)",
        "Mức độ hài lòng, tháng 10",
        "Mức độ hài lòng 05/06/2026",
        "Mức độ hài lòng (thang 5)",
        "Mức độ hài lòng (rất không hài lòng (1) đến rất hài lòng (5))",
        "Mức độ hài lòng (thang điểm từ 1 đến 5)",
    ],
)
def test_five_is_the_best_level_elsewhere(title: str) -> None:
    assert levels(f"Ngày;{title}", "05/06/2026;1", "05/06/2026;5") == [1, 5]


@pytest.mark.parametrize(
    "said",
    [
        "thang 10",
        "thang điểm 100",
        "thang điểm 10",
        "từ 1 đến 10",
        "1-10",
        "0–5",
        "thang đo từ 1 đến 7",
        "/10",
        "%",
        "thang 4",
    ],
)
def test_another_scale_is_refused(said: str) -> None:
    with pytest.raises(SheetError, match="thang khác"):
        levels(f"Ngày;Mức độ hài lòng ({said})", "05/06/2026;3", "05/06/2026;5")


def test_numbers_of_another_scale_are_refused_without_a_word_in_the_title() -> None:
    with pytest.raises(SheetError, match="có “8”"):
        levels("Ngày;Điểm", "05/06/2026;5", "05/06/2026;8", "05/06/2026;10")


def test_one_wrong_number_among_many_is_an_error_of_its_row_alone() -> None:
    assert levels("Ngày;Mức độ hài lòng", *["05/06/2026;4"] * 20, "05/06/2026;6") == [4] * 20


def test_levels_in_words_need_no_scale() -> None:
    assert levels("Ngày;Mức độ hài lòng (thang 10)", "05/06/2026;Hài lòng") == [4]


@pytest.mark.parametrize(
    "title", ["Số lượng", "SL", "Số lượt", "Số người", "Số lượng phiếu", "Tổng số", "Tần suất", "Tỷ lệ (%)", "Số phiếu"]
)
def test_rows_that_count_several_forms_are_refused(title: str) -> None:
    with pytest.raises(SheetError, match="mỗi phiếu một dòng"):
        levels(
            f"Mức độ hài lòng;{title};Ngày",
            "Rất hài lòng;35;05/06/2026",
            "Hài lòng;12;05/06/2026",
            "Không hài lòng;3;05/06/2026",
        )


@pytest.mark.parametrize("numbers", [(1, 2, 3), (17, 18, 19)])
def test_numbers_of_forms_are_no_counts(numbers: tuple[int, ...]) -> None:
    lines = [f"{level};{at};05/06/2026" for level, at in zip(("Hài lòng", "Bình thường", "4"), numbers, strict=True)]

    assert levels("Mức độ hài lòng;Số phiếu;Ngày", *lines) == [4, 3, 4]


def test_a_count_of_one_in_each_row_changes_nothing() -> None:
    assert levels("Mức độ hài lòng;Số lượng;Ngày", "Hài lòng;1;05/06/2026", "Hài lòng;1;06/06/2026") == [4, 4]


def test_a_cell_that_says_its_level_turns_the_bare_numbers() -> None:
    assert levels("Ngày;Mức độ hài lòng", "05/06/2026;1 - Rất hài lòng", "05/06/2026;1", "05/06/2026;5") == [5, 5, 1]
    assert levels("Ngày;Mức độ hài lòng", "05/06/2026;5 - Rất hài lòng", "05/06/2026;1", "05/06/2026;5") == [5, 1, 5]
