"""`flask quiz rank` on sheets as offices make them: what is left out, filled or doubted is reported."""

import openpyxl
import pytest

from tests.support.ranking import rank_file, rank_lines

HEAD = "Họ và tên,Số điện thoại,Đơn vị"
LO, VAN, MA = "Lò Thị Mẫu,0987000001,xã Mẫu", "Lò Văn Mẫu,0987000002,xã Mẫu", "Ma Thị Mẫu,0987000003,xã Mẫu"
EIGHT = ("--questions", 8)


def names(report: dict) -> list[str]:
    return [one["name"] for one in report["standings"]]


def rank_rows(folder, *rows, options=EIGHT) -> dict:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "tuan.xlsx")
    return rank_file(folder / "tuan.xlsx", *options)


def test_guesses_that_are_mostly_words_are_reported_as_not_read(tmp_path) -> None:
    report = rank_lines(tmp_path, f"{HEAD},Số câu đúng,Dự đoán", f"{LO},8,khoảng 300", f"{VAN},8,300-320")

    assert "Cột “Dự đoán” không được đọc: phần lớn ô của cột không đọc được thành “Dự đoán”." in report["problems"]


def test_a_title_of_a_group_with_its_sum_is_no_person(tmp_path) -> None:
    report = rank_lines(
        tmp_path, f"TT,{HEAD},Số câu đúng", "I,Xã Mẫu,,,8", f"1,{LO},5", "II,Xã Hai,,,7", f"1,{VAN},6", options=EIGHT
    )

    assert names(report) == ["Lò Văn Mẫu", "Lò Thị Mẫu"]
    assert (
        "Bỏ qua 2 dòng tên nhóm, không có điện thoại và đơn vị: dòng 2 (“Xã Mẫu”), dòng 4 (“Xã Hai”)."
        in report["problems"]
    )


def test_teams_that_take_part_are_no_titles_of_groups(tmp_path) -> None:
    assert names(rank_lines(tmp_path, "Họ và tên,Số câu đúng", "Lớp 5A,8", "Lớp 5B,7")) == ["Lớp 5A", "Lớp 5B"]


def test_given_names_below_one_merged_title_belong_to_the_names(tmp_path) -> None:
    report = rank_rows(
        tmp_path,
        ["Họ và tên", None, "Số điện thoại", "Số câu đúng"],
        ["Lò Thị", "Mẫu", "0987000001", 8],
        ["Lò Thị", "Hoa", "0987000001", 7],
    )

    assert names(report) == ["Lò Thị Mẫu", "Lò Thị Hoa"]


def test_a_unit_as_above_is_that_of_the_row_above(tmp_path) -> None:
    report = rank_lines(tmp_path, f"{HEAD},Số câu đúng", f"{LO},8", "Lò Văn Mẫu,0987000002,nt,7", "An,,-,6")

    assert report["turnout"] == [
        {"unit": "xã Mẫu", "turns": 2, "people": 2},
        {"unit": "(chưa ghi đơn vị)", "turns": 1, "people": 1},
    ]
    assert any(line.startswith("1 ô đơn vị ghi “nt” (đầu tiên là dòng 3)") for line in report["problems"])
    assert "Dòng 4: chưa ghi đơn vị." in report["problems"]


def test_a_second_table_beside_the_first_is_reported(tmp_path) -> None:
    report = rank_lines(tmp_path, f"{HEAD},Số câu đúng,,{HEAD},Số câu đúng", f"{LO},8,,{VAN},7", options=EIGHT)

    assert names(report) == ["Lò Thị Mẫu"]
    assert any(line.startswith("Cột “Họ và tên” thứ hai không được đọc") for line in report["problems"])


def test_a_table_below_with_other_columns_is_reported(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        f"{HEAD},Số câu đúng",
        f"{LO},8",
        "Đơn vị,Số điện thoại,Họ và tên,Số câu đúng",
        "xã Mẫu,0987000002,Lò Văn Mẫu,7",
        options=EIGHT,
    )

    assert any(line.startswith("Dòng 3 (“Đơn vị”) là tiêu đề của bảng khác") for line in report["problems"])


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Họ tên người nhập,Họ và tên thí sinh,Số điện thoại", "Cán Bộ,Lò Thị Mẫu,0987000001"),
        ("Họ và tên,SĐT người giới thiệu,Số điện thoại", "Lò Thị Mẫu,0911111111,0987000001"),
    ],
)
def test_the_name_and_phone_of_somebody_else_are_not_those_of_the_person(tmp_path, header, row) -> None:
    [one] = rank_lines(tmp_path, f"{header},Số câu đúng", f"{row},8")["standings"]

    assert (one["name"], one["phone"]) == ("Lò Thị Mẫu", "0987000001")


def test_a_second_phone_is_reported_as_not_read(tmp_path) -> None:
    report = rank_lines(tmp_path, f"{HEAD},Điện thoại nhà,Số câu đúng", f"{LO},02073822111,8")

    assert "Cột “Điện thoại nhà” không được đọc: đã lấy cột “Số điện thoại” làm “Số điện thoại”." in report["problems"]


@pytest.mark.parametrize(
    ("title", "remark"),
    [
        ("Ghi chú", "Hủy bài - gian lận"),
        ("Trạng thái", "Loại"),
        ("Kết luận", "KHÔNG HỢP LỆ"),
        ("Hợp lệ", "Không"),
        ("Ghi chú", "bị loại do thi hộ"),
    ],
)
def test_a_remark_that_a_paper_is_void_is_reported(tmp_path, title, remark) -> None:
    report = rank_lines(tmp_path, f"{HEAD},Số câu đúng,{title}", f"{LO},8,{remark}", f"{VAN},7,")

    assert f"Dòng 2: cột “{title}” ghi “{remark}”; dòng này vẫn được tính, hãy xem lại." in (report["problems"])


@pytest.mark.parametrize("remark", ["Trung bình", "Bổ sung số điện thoại", "Loại giỏi", "làm lại", "Hợp lệ", "Bố nộp"])
def test_another_remark_is_not_reported(tmp_path, remark) -> None:
    report = rank_lines(tmp_path, f"{HEAD},Số câu đúng,Ghi chú", f"{LO},8,{remark}")

    assert not any("Ghi chú" in line for line in report["problems"])


def test_a_whole_among_shares_is_no_score_of_one(tmp_path) -> None:
    report = rank_rows(tmp_path, ["Họ và tên", "Điểm"], ["Lò Thị Mẫu", 0.5], ["Lò Văn Mẫu", 1])

    assert report["turns"] == 0
    assert "Dòng 3: không đọc được điểm “1”; không tính lượt." in report["problems"]
