"""`flask quiz rank` on files of several sheets, with hidden parts; no result is wrong without a word."""

import openpyxl

from tests.support.ranking import rank_file

HEAD = ["Họ và tên", "Số điện thoại", "Đơn vị", "Số câu đúng"]


def workbook(folder, hidden=(), **sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        sheet.sheet_state = "veryHidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(row)
    made.save(folder / "tuan.xlsx")
    return folder / "tuan.xlsx"


def person(at, score):
    return [f"Lò Mẫu {'ABCDEF'[at]}", f"098700000{at}", f"xã {'ABCDEF'[at]}", f"{score} / 9"]


def test_a_sheet_for_each_commune_is_one_round(tmp_path) -> None:
    path = workbook(tmp_path, Xã_A=[HEAD, person(0, 9)], Xã_B=[HEAD, person(1, 8), person(2, "hỏng")])

    report = rank_file(path)

    assert (report["turns"], [unit["unit"] for unit in report["turnout"]]) == (2, ["xã A", "xã B"])
    assert "Đã đọc chung 2 trang có cùng tiêu đề: “Xã A”, “Xã B”." in report["problems"]
    assert "Dòng 3 của trang “Xã B”: không đọc được điểm “hỏng / 9”; không tính lượt." in report["problems"]


def test_last_weeks_hidden_sheet_is_not_ranked(tmp_path) -> None:
    report = rank_file(workbook(tmp_path, ["Cũ"], Cũ=[HEAD, person(0, 9)], Mới=[HEAD, person(1, 8)]))

    assert [one["name"] for one in report["standings"]] == ["Lò Mẫu B"]
    assert "Trang “Cũ” đang ẩn nên không được đọc; muốn tính thì bỏ ẩn rồi làm lại." in report["problems"]


def test_a_summary_beside_the_papers_is_named_as_left_out(tmp_path) -> None:
    report = rank_file(workbook(tmp_path, Bài=[HEAD, person(1, 8)], Tổng=[["Xã", "Lượt"], ["A", 4], ["B", 5]]))

    assert any(note.startswith("Trang “Tổng” có bảng nhưng không được đọc") for note in report["problems"])
