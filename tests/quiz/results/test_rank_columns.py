"""`flask quiz rank` on sheets whose columns are easily taken for others; no result is wrong without a word."""

import pytest

from tests.support.ranking import rank_lines, run_rank

HEAD = "Họ và tên,Số điện thoại,Đơn vị"
LO, VAN = "Lò Thị Mẫu,0987000001,xã Mẫu", "Lò Văn Mẫu,0987000002,xã Mẫu"
TEN, EIGHT = ("--questions", 10), ("--questions", 8)


def test_a_guess_at_those_all_right_is_no_score(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        f"Ngày giờ,Tổng điểm,{HEAD},Số lượng người trả lời đúng cả 8 câu",
        "14/06/2023 08:00:00,8 / 8,Lò Thị Mẫu,0987000001,xã Mẫu,77",
        "14/06/2023 08:01:00,3 / 8,Lò Văn Mẫu,0987000002,xã Mẫu,640",
    )

    assert [(one["name"], one["correct"], one["guess"]) for one in report["standings"]] == [
        ("Lò Thị Mẫu", 8, 77),
        ("Lò Văn Mẫu", 3, 640),
    ]


@pytest.mark.parametrize(
    "title",
    ["Incorrect", "Số câu trả lời sai", "Tỷ lệ trả lời đúng", "Điểm danh", "Địa điểm", "Number of people correct"],
)
def test_a_title_that_only_holds_the_word_is_no_score(tmp_path, title) -> None:
    report = rank_lines(tmp_path, f"{HEAD},{title},Số câu đúng", f"{LO},2,8", options=("--questions", 10))

    assert report["standings"][0]["correct"] == 8


def test_the_column_written_as_parts_of_a_whole_is_the_score(tmp_path) -> None:
    report = rank_lines(tmp_path, f"{HEAD},Điểm,Kết quả", f"{LO},95,9 / 10", options=("--questions", 10))

    assert report["standings"][0]["correct"] == 9


def test_a_number_of_right_answers_that_no_round_has_questions_for_is_doubted(tmp_path) -> None:
    report = rank_lines(tmp_path, f"{HEAD},Số câu đúng", f"{LO},640")

    assert any(note.startswith("Không rõ số câu hỏi; điểm cao nhất là 640") for note in report["problems"])


def test_a_second_column_for_the_score_is_reported_as_not_read(tmp_path) -> None:
    report = rank_lines(tmp_path, f"{HEAD},Số câu đúng,Tổng điểm", f"{LO},8,80", options=EIGHT)

    assert "Cột “Tổng điểm” không được đọc: đã lấy cột “Số câu đúng” làm “Điểm”." in report["problems"]


def test_day_and_hour_in_two_columns_are_one_moment(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        f"{HEAD},Ngày nộp bài,Giờ nộp bài,Số câu đúng",
        f"{LO},14/06/2023,21h30,8",
        f"{VAN},14/06/2023,06:05,8",
        options=("--preset", "vcnet", "--questions", 8),
    )

    assert [(one["name"], one["submitted_at"]) for one in report["standings"]] == [
        ("Lò Văn Mẫu", "2023-06-14T06:05:00+07:00"),
        ("Lò Thị Mẫu", "2023-06-14T21:30:00+07:00"),
    ]


def test_an_hour_that_is_not_understood_is_reported(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        f"{HEAD},Ngày nộp,Giờ nộp,Số câu đúng",
        f"{LO},14/06/2023,21h30,8",
        f"{VAN},14/06/2023,muộn,8",
        options=EIGHT,
    )

    assert "Dòng 3: không đọc được giờ nộp bài “muộn”; coi như nộp lúc 0 giờ." in report["problems"]


def test_days_without_hours_are_reported(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        f"{HEAD},Ngày nộp,Số câu đúng",
        f"{LO},14/06/2023,8",
        f"{VAN},15/06/2023,8",
    )

    assert any(note.startswith("Cột thời điểm nộp bài chỉ ghi ngày, không ghi giờ") for note in report["problems"])


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("Địa chỉ IP", "198.51.100.7"),
        ("Địa chỉ", "198.51.100.7"),
        ("Đơn vị", "lo.mau@example.vn"),
        ("Địa chỉ email", "lo.mau@example.vn"),
        ("Địa chỉ", "2001:db8::7"),
        ("Cơ quan", "https://example.vn/a"),
    ],
)
def test_addresses_of_people_and_machines_are_no_units_and_are_not_printed(tmp_path, title, cell) -> None:
    lines = (f"Họ và tên,Số điện thoại,Thôn,{title},Số câu đúng", f"Lò Thị Mẫu,0987000001,Nà Mẫu,{cell},8")

    report = rank_lines(tmp_path, *lines)

    assert report["turnout"] == [{"unit": "Nà Mẫu", "turns": 1, "people": 1}]
    assert cell not in str(report) and cell not in run_rank(tmp_path / "tuan.csv").stdout


def test_a_phone_that_excel_rounded_joins_no_rows_and_wins_nothing(tmp_path) -> None:
    lines = (
        "Họ và tên;Số điện thoại;Đơn vị;Số câu đúng",
        "Lò Thị Mẫu;8,49876E+10;xã Mẫu;9",
        "Lò Văn Mẫu;8,49876E+10;xã Mẫu;8",
        "Ma Thị Mẫu;9,87654321E+08;xã Mẫu;7",
    )
    report = rank_lines(tmp_path, *lines)

    assert [(one["name"], one["phone"]) for one in report["standings"]] == [
        ("Lò Thị Mẫu", None),
        ("Lò Văn Mẫu", None),
        ("Ma Thị Mẫu", "0987654321"),
    ]
    assert [note[:7] for note in report["problems"] if "làm tròn" in note] == ["Dòng 2:", "Dòng 3:"]
    assert "GIẢI NHẤT\nMa Thị Mẫu (xã Mẫu)" in run_rank(tmp_path / "tuan.csv").stdout


def test_a_guess_at_something_else_than_the_rules_compare_with_is_reported(tmp_path) -> None:
    lines = (f"{HEAD},Số câu đúng,Dự đoán số người tham gia", f"{LO},8 / 8,5")

    said = rank_lines(tmp_path, *lines)["problems"]
    silent = rank_lines(tmp_path, *(line.replace("số người tham gia", "số người đúng hết") for line in lines))[
        "problems"
    ]

    assert [note for note in said if "có vẻ dự đoán" in note] == [
        "Cột “Dự đoán số người tham gia” có vẻ dự đoán số người dự thi, còn thể lệ đang dùng so dự đoán với số người "
        "trả lời đúng tất cả: thứ hạng theo dự đoán có thể sai."
    ]
    assert not any("có vẻ dự đoán" in note for note in silent)


def test_a_guess_under_rules_without_one_is_reported(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        f"{HEAD},Số câu đúng,Dự đoán",
        f"{LO},8 / 8,5",
        options=("--preset", "duration"),
    )

    assert "Tệp có cột “Dự đoán”, còn thể lệ đang dùng không xét dự đoán." in report["problems"]


def test_blocs_that_are_ranked_together_are_reported(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        f"{HEAD},Khối,Số câu đúng",
        f"{LO},Học sinh,8",
        f"{VAN},Người dân,8",
    )

    assert [note for note in report["problems"] if "Khối" in note] == [
        "Cột “Khối” chia 2 đối tượng (Học sinh; Người dân); thể lệ đang dùng xếp chung một bảng. "
        "Nếu xếp hạng và trao giải riêng thì thêm --by-bloc khi xếp hạng, hoặc lập cuộc thi có khối."
    ]


def test_a_guess_with_ten_decimals_is_a_whole_number(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        f"{HEAD},Số câu đúng,Dự đoán",
        f"{LO},8.0000000000,95.0000000000",
        options=EIGHT,
    )

    assert [(one["correct"], one["guess"]) for one in report["standings"]] == [(8, 95)]


def test_a_guess_with_thousands_keeps_them(tmp_path) -> None:
    report = rank_lines(tmp_path, f"{HEAD},Số câu đúng,Dự đoán", f"{LO},8,1.200")

    assert report["standings"][0]["guess"] == 1200


def test_a_response_that_was_never_submitted_is_left_out_and_reported(tmp_path) -> None:
    report = rank_lines(
        tmp_path, f"submitdate,{HEAD},Số câu đúng", f"2023-06-14 08:00:00,{LO},8", f",{VAN},8", options=EIGHT
    )

    assert (report["turns"], [one["name"] for one in report["standings"]]) == (1, ["Lò Thị Mẫu"])
    assert "Dòng 3: chưa nộp bài (bài khác có ghi đã nộp, dòng này thì không); không tính lượt." in report["problems"]
