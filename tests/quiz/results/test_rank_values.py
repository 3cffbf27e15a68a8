"""`flask quiz rank` on values that can be read in two ways; no result is wrong without a word."""

import pytest

from tests.support.ranking import rank_lines, run_rank

HEAD = "Họ và tên,Số điện thoại,Đơn vị"
LO, VAN, MA = "Lò Thị Mẫu,0987000001,xã Mẫu", "Lò Văn Mẫu,0987000002,xã Mẫu", "Ma Thị Mẫu,0987000003,xã Mẫu"
EIGHT = ("--questions", 8)


def names(report: dict) -> list[str]:
    return [one["name"] for one in report["standings"]]


def test_a_number_among_clock_times_is_reported_and_does_not_win(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        f"{HEAD},Số câu đúng,Thời gian làm bài",
        f"{LO},8,4.1",
        f"{VAN},8,04:12",
        f"{MA},8,05:00",
        options=EIGHT,
    )

    assert names(report)[0] == "Lò Văn Mẫu"
    assert "Dòng 2: không đọc được thời gian làm bài “4.1”; coi như không ghi." in report["problems"]


@pytest.mark.parametrize("zero", ["00:00", "0:00:00", "0 giây"])
def test_a_duration_of_zero_is_reported_and_does_not_win(tmp_path, zero) -> None:
    report = rank_lines(
        tmp_path, f"{HEAD},Số câu đúng,Thời gian làm bài", f"{LO},8,{zero}", f"{VAN},8,04:12", options=EIGHT
    )

    assert names(report) == ["Lò Văn Mẫu", "Lò Thị Mẫu"]
    assert [line for line in report["problems"] if "0 giây" in line] == [
        "Dòng 2: thời gian làm bài là 0 giây, không thể đúng; coi như không ghi."
    ]


def test_a_paper_handed_in_at_its_start_is_reported_and_does_not_win(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        f"{HEAD},Bắt đầu,Thời điểm nộp bài,Số câu đúng",
        f"{LO},14/06/2023 08:00,14/06/2023 08:00,8",
        f"{VAN},14/06/2023 08:00,14/06/2023 08:05,8",
        options=EIGHT,
    )

    assert names(report) == ["Lò Văn Mẫu", "Lò Thị Mẫu"]
    assert any("là 0 giây" in line for line in report["problems"])


def test_a_paper_faster_than_anybody_reads_is_reported(tmp_path) -> None:
    report = rank_lines(
        tmp_path, f"{HEAD},Số câu đúng,Thời gian làm bài", f"{LO},8,00:04", f"{VAN},8,04:12", options=EIGHT
    )

    assert [line for line in report["problems"] if "làm bài chỉ" in line] == [
        "Dòng 2: làm bài chỉ 4 giây cho 8 câu: xem lại thời gian làm bài trước khi trao giải."
    ]


def test_totals_and_a_second_header_are_left_out_and_reported(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        f"STT,{HEAD},Số câu đúng",
        f"1,{LO},8",
        f"STT,{HEAD},Số câu đúng",
        f"2,{VAN},7",
        ",Cộng xã Mẫu,,,45",
        "Tổng cộng,,,,45",
        options=EIGHT,
    )

    assert names(report) == ["Lò Thị Mẫu", "Lò Văn Mẫu"]
    assert [line for line in report["problems"] if line.startswith("Bỏ qua")] == [
        "Bỏ qua 2 dòng cộng: dòng 5 (“Cộng xã Mẫu”), dòng 6 (“Tổng cộng”).",
        "Bỏ qua 1 dòng tiêu đề lặp lại: dòng 3 (“STT”).",
    ]


@pytest.mark.parametrize("day", ["13/06/2566", "13/06/66"])
def test_a_year_of_the_buddhist_calendar_is_reported_and_not_read(tmp_path, day) -> None:
    report = rank_lines(
        tmp_path,
        f"{HEAD},Thời điểm nộp bài,Số câu đúng",
        f"{LO},{day} 08:00,8",
        f"{VAN},14/06/2023 08:00,8",
        options=EIGHT,
    )

    assert [one["submitted_at"] for one in report["standings"] if one["name"] == "Lò Thị Mẫu"] == [None]
    assert f"Dòng 2: không đọc được thời điểm nộp bài “{day} 08:00”; coi như không ghi." in report["problems"]


def test_a_year_far_from_that_of_the_others_is_reported(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        f"{HEAD},Thời điểm nộp bài,Số câu đúng",
        f"{LO},13/06/2022 08:00,8",
        f"{VAN},14/06/2023 08:00,8",
        f"{MA},15/06/2023 08:00,8",
        options=EIGHT,
    )

    assert [line for line in report["problems"] if "cách xa" in line] == [
        "Dòng 2: thời điểm nộp bài “13/06/2022 08:00” cách xa các bài khác; hãy xem lại năm."
    ]


def test_a_start_that_is_not_understood_is_reported(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        f"{HEAD},Bắt đầu,Thời điểm nộp bài,Số câu đúng",
        f"{LO},sớm,14/06/2023 08:00,8",
        f"{VAN},14/06/2023 08:00,14/06/2023 08:05,8",
        options=EIGHT,
    )

    assert any(line.startswith("Dòng 2: không đọc được thời điểm bắt đầu “sớm”") for line in report["problems"])


@pytest.mark.parametrize("name", ["L? Th? Mẫu", "Lò Th? Mẫu", "L\ufffd Thị Mẫu"])
def test_a_name_with_lost_letters_counts_and_wins_nothing(tmp_path, name) -> None:
    report = rank_lines(tmp_path, f"{HEAD},Số câu đúng", f"{name},0987000001,xã Mẫu,8", f"{VAN},7", options=EIGHT)
    printed = run_rank(tmp_path / "tuan.csv", *EIGHT).stdout

    assert (report["turns"], report["people"], names(report)[0]) == (2, 2, name)
    assert "GIẢI NHẤT\nLò Văn Mẫu (xã Mẫu)" in printed
    assert [line for line in report["problems"] if "không xét giải" in line] == [
        f"Dòng 2: họ tên “{name}” có chữ bị mất khi lưu tệp (dấu ?); xin ghi lại. "
        "Vẫn tính lượt, không xét giải cho đến khi ghi lại."
    ]


def test_a_name_that_registration_refuses_is_reported(tmp_path) -> None:
    report = rank_lines(tmp_path, f"{HEAD},Số câu đúng", "Lò Vаn 2,0987000001,xã Mẫu,8", f"{VAN},7", options=EIGHT)

    assert [line for line in report["problems"] if line.startswith("Dòng 2")] == [
        "Dòng 2: họ tên “Lò Vаn 2” có chữ “а” không phải chữ Latinh, dù trông giống; xin gõ lại chữ này. Vẫn tính lượt."
    ]


def test_a_guess_that_can_be_read_in_two_ways_is_reported(tmp_path) -> None:
    lines = (f"{HEAD},Số câu đúng,Dự đoán", f"{LO},8,1.200", f"{VAN},8,120.000", f"{MA},8,350", "An,,xã Mẫu,8,410")

    report = rank_lines(tmp_path, *lines, options=EIGHT)

    assert {one["name"]: one["guess"] for one in report["standings"]} == {
        "Lò Thị Mẫu": 1200,
        "Lò Văn Mẫu": 120,
        "Ma Thị Mẫu": 350,
        "An": 410,
    }
    assert [line[:30] for line in report["problems"] if "dự đoán" in line] == [
        "Dòng 2: dự đoán “1.200” được đ",
        "Dòng 3: dự đoán “120.000” có t",
    ]


def test_an_answer_that_is_no_letter_is_reported_with_its_row_and_question(tmp_path) -> None:
    (tmp_path / "dap-an.txt").write_text("AB", encoding="utf-8")
    report = rank_lines(
        tmp_path,
        "Họ và tên,Số điện thoại,Đơn vị,Câu 1,Câu 2",
        "Lò Thị Mẫu,0987000001,xã Mẫu,\uff21,\u0412",
        "Lò Văn Mẫu,0987000002,xã Mẫu,A,2",
        options=("--key", tmp_path / "dap-an.txt"),
    )

    assert [one["correct"] for one in report["standings"]] == [2, 1]
    assert "Dòng 3: câu 2: không đọc được “2”; tính là trả lời sai." in report["problems"]


def test_scores_of_another_denominator_win_nothing_and_are_named(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        "Họ và tên,Số điện thoại,Đơn vị,Điểm",
        "Lò Thị Mẫu,0987000001,xã Mẫu,18/20",
        "Lò Văn Mẫu,0987000002,xã Mẫu,19/20",
        "Lò Văn Ấn,0987000003,xã Mẫu,25/25",
    )

    assert [one["name"] for one in report["standings"]] == ["Lò Văn Mẫu", "Lò Thị Mẫu"]
    reason = "điểm “25/25” tính trên 25, khác các bài khác (trên 20); không tính lượt, hãy xem lại điểm."
    assert f"Dòng 4: {reason}" in report["problems"]


def test_two_people_in_one_name_and_a_converted_score_are_reported(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        "Họ và tên,Số điện thoại,Đơn vị,Điểm",
        "Lò Thị Mẫu và Lò Văn Mẫu,0987000001,xã Mẫu,12/20",
        options=("--questions", 10),
    )

    problems = " ".join(report["problems"])
    assert "có thể là của nhiều người; xin ghi mỗi người một dòng. Vẫn tính lượt." in problems
    assert "Điểm ghi trên 20 mà cuộc thi có 10 câu" in problems
