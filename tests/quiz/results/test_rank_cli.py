"""`flask quiz rank`: from an office's file to winners, without a database."""

import json
import unicodedata
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.attempt.cli import quiz_cli

HEADER = (
    "Dấu thời gian,Họ và tên,Số điện thoại,Năm sinh,Đơn vị dự thi,Điểm số,Thời gian làm bài,"
    "Dự đoán số người trả lời đúng"
)
AN = "13/06/2023 08:00:00,Lò Thị Hoà,0912345678,1985,xã Xuân Lập,10 / 10,3:05,2"
AN_AGAIN = "13/06/2023 09:00:00,LÒ THỊ HÒA,+84 912 345 678,1985,Xuân Lập,10 / 10,1:00,2"
PAO = "13/06/2023 08:30:00,Giàng A Páo,912345679,1990,xã Xuân Lập,10 / 10,3:05,7"
CHI = "13/06/2023 08:40:00,Bàn Thị Chi,0912345670,2001,TT. Lăng Can,9 / 10,2 phút,"


def run(*args: object) -> Result:
    app = Flask(__name__)
    app.cli.add_command(quiz_cli)
    return app.test_cli_runner().invoke(args=["quiz", "rank", *map(str, args)])


def controls(text: str) -> list[str]:
    """Return characters that a terminal would execute rather than show."""
    return [c for c in text if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


def sheet(folder: Path, *lines: str) -> Path:
    path = folder / "tuan-1.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path


def ranked(folder: Path, *lines: str, options: tuple[object, ...] = ()) -> dict:
    result = run(sheet(folder, HEADER, *lines), "--json", *options)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_the_json_has_exactly_the_promised_keys(tmp_path) -> None:
    report = ranked(tmp_path, AN)

    assert list(report) == ["turns", "people", "right", "turnout", "standings", "problems"]
    assert report["turnout"] == [{"unit": "xã Xuân Lập", "turns": 1, "people": 1}]
    assert report["standings"] == [
        {
            "rank": 1,
            "name": "Lò Thị Hoà",
            "phone": "0912345678",
            "unit": "xã Xuân Lập",
            "correct": 10,
            "seconds": 185,
            "guess": 2,
            "submitted_at": "2023-06-13T08:00:00+07:00",
            "decided_by": None,
        }
    ]


def test_the_closer_guess_decides_between_equal_times(tmp_path) -> None:
    report = ranked(tmp_path, PAO, CHI, AN)

    assert (report["turns"], report["people"], report["right"]) == (3, 3, 2)
    assert [(one["rank"], one["name"], one["decided_by"]) for one in report["standings"]] == [
        (1, "Lò Thị Hoà", None),
        (2, "Giàng A Páo", "guess"),
        (3, "Bàn Thị Chi", "correct"),
    ]


def test_a_second_try_of_the_same_person_is_a_problem_where_one_is_allowed(tmp_path) -> None:
    report = ranked(tmp_path, AN, AN_AGAIN)

    assert (report["turns"], report["people"], report["standings"][0]["seconds"]) == (1, 1, 185)
    assert report["problems"] == ["Dòng 3: đã dự thi ở dòng 2; quá 1 lượt cho phép, không tính lượt."]


def test_a_second_try_is_a_turn_where_tries_are_unlimited(tmp_path) -> None:
    report = ranked(tmp_path, AN, AN_AGAIN, options=("--preset", "vcnet"))

    assert (report["turns"], report["people"], report["problems"]) == (2, 1, [])


def test_a_family_sharing_a_phone_is_several_people(tmp_path) -> None:
    report = ranked(tmp_path, AN, AN.replace("Lò Thị Hoà", "Lò Văn Sơn"), AN.replace("1985", "1986"))

    assert report["people"] == 3


def test_a_row_with_an_unreadable_phone_counts_and_is_reported(tmp_path) -> None:
    report = ranked(tmp_path, AN.replace("0912345678", "không có"))

    assert (report["turns"], report["people"], report["standings"][0]["phone"]) == (1, 1, None)
    assert report["problems"] == [
        "Dòng 2: số điện thoại “không có” không đọc được; vẫn tính lượt, cần xác minh trước khi trao giải."
    ]


def test_spellings_of_a_unit_are_merged_and_lost_diacritics_reported_once(tmp_path) -> None:
    report = ranked(tmp_path, AN, PAO, CHI.replace("TT. Lăng Can", "UBND xa Xuan Lap"))

    assert report["turnout"] == [{"unit": "xã Xuân Lập", "turns": 3, "people": 3}]
    assert [one for one in report["problems"] if "gộp" in one] == [
        "Đơn vị “xã Xuân Lập” gộp cả cách viết “UBND xa Xuan Lap”; nếu là đơn vị khác, hãy sửa trong tệp."
    ]


def test_titles_blank_rows_and_totals_are_no_attempts(tmp_path) -> None:
    path = sheet(tmp_path, "KẾT QUẢ TUẦN 1", "", HEADER, AN, ",,,,,,,", PAO, "Tổng cộng,,,,2,,,")

    report = json.loads(run(path, "--json").stdout)

    assert (report["turns"], report["problems"]) == (2, ["Bỏ qua 1 dòng cộng: dòng 7 (“Tổng cộng”)."])


def test_rows_are_numbered_as_in_the_workbook(tmp_path) -> None:
    path = sheet(tmp_path, "KẾT QUẢ TUẦN 1", "", HEADER, AN, PAO.replace("10 / 10", "hỏng"))

    assert json.loads(run(path, "--json").stdout)["problems"] == [
        "Dòng 5: không đọc được điểm “hỏng”; không tính lượt."
    ]


def test_a_person_without_a_time_is_last_among_equals(tmp_path) -> None:
    report = ranked(tmp_path, AN.replace("3:05", "lâu"), PAO)

    assert [one["name"] for one in report["standings"]] == ["Giàng A Páo", "Lò Thị Hoà"]
    assert report["problems"] == ["Dòng 2: không đọc được thời gian làm bài “lâu”; coi như không ghi."]


def test_a_key_marks_the_answers(tmp_path) -> None:
    (tmp_path / "dap-an.txt").write_text("1 A\n2 B,C\n", encoding="utf-8")
    path = sheet(
        tmp_path, "Họ tên,SĐT,Câu 1: Ở đâu?,Câu 2: Những gì?",
        'An,0912345678,A. Một cửa,"B. Phí, C. Hồ sơ"', "Chi,0912345679,Một cửa,B. Phí",
    )  # fmt: skip

    report = json.loads(run(path, "--json", "--preset", "guess", "--key", tmp_path / "dap-an.txt").stdout)

    assert [(one["name"], one["correct"]) for one in report["standings"]] == [("An", 2), ("Chi", 1)]
    assert report["right"] == 1


def test_start_and_completion_times_make_the_duration(tmp_path) -> None:
    path = sheet(
        tmp_path, "Start time,Completion time,Full name,Phone,Total points",
        "6/13/2023 8:00:00,6/13/2023 8:04:12,An,0912345678,9",
    )  # fmt: skip

    report = json.loads(run(path, "--json", "--questions", 10).stdout)

    assert report["standings"][0]["seconds"] == 252
    assert (report["right"], report["standings"][0]["submitted_at"]) == (0, "2023-06-13T08:04:12+07:00")


def test_a_workbook_is_ranked_like_a_csv(tmp_path) -> None:
    book = openpyxl.Workbook()
    for line in (HEADER, AN, PAO, CHI):
        book.active.append(line.split(","))
    book.save(tmp_path / "tuan-1.xlsx")

    report = json.loads(run(tmp_path / "tuan-1.xlsx", "--json").stdout)

    assert report == ranked(tmp_path, AN, PAO, CHI)


def test_top_cuts_the_standings_only(tmp_path) -> None:
    report = ranked(tmp_path, AN, PAO, CHI, options=("--top", 1))

    assert (len(report["standings"]), report["people"]) == (1, 3)


def test_the_text_names_winners_and_deciding_criteria_with_masked_phones(tmp_path) -> None:
    text = run(sheet(tmp_path, HEADER, AN, PAO, CHI)).stdout

    assert "Lượt dự thi:                 3" in text
    assert "GIẢI NHẤT\nLò Thị Hoà (xã Xuân Lập)\nHơn hạng 2 nhờ dự đoán sát hơn 5 người." in text
    assert "09xx xxx 678" in text and "0912345678" not in text


def test_an_exact_tie_under_the_guess_rules_needs_a_draw(tmp_path) -> None:
    path = sheet(tmp_path, HEADER, AN, PAO.replace(",7", ",2"))

    assert "GIẢI NHẤT (bằng nhau, cần bốc thăm công khai)" in run(path, "--preset", "guess").stdout


def test_control_characters_never_reach_the_terminal(tmp_path) -> None:
    path = sheet(tmp_path, HEADER, AN.replace("Lò", "\x1b[31mLò\x07").replace("xã", "\x9b2Jxã"))

    for output in (run(path).stdout, run(path, "--json").stdout):
        assert not controls(output)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["Mặt hàng,Giá", "Gạo,20"], "không có cột họ và tên"),
        (["Họ và tên,Số điện thoại", "An,0912345678"], "không có cột họ và tên cùng với điểm"),
        (["Họ và tên,Câu 1: Ở đâu?", "An,A"], "hãy đưa thêm đáp án bằng --key"),
        ([HEADER], "chưa có lượt dự thi nào"),
    ],
)
def test_a_sheet_that_cannot_be_ranked_is_refused_in_plain_words(tmp_path, lines, reason) -> None:
    result = run(sheet(tmp_path, *lines))

    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr


def test_a_key_of_another_length_is_refused(tmp_path) -> None:
    (tmp_path / "dap-an.txt").write_text("ABCD", encoding="utf-8")

    result = run(sheet(tmp_path, "Họ và tên,Câu 1,Câu 2", "An,A,B"), "--key", tmp_path / "dap-an.txt")

    assert (result.exit_code, result.stderr) == (2, "Đáp án có 4 câu nhưng tệp có 2 cột câu trả lời.\n")


def test_a_missing_file_is_reported_plainly(tmp_path) -> None:
    result = run(tmp_path / "khong-co.csv")

    assert (result.exit_code, result.stderr) == (2, "Không tìm thấy tệp “khong-co.csv”.\n")


CELL = st.text(alphabet=st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=8, max_size=8), max_size=4), st.sampled_from(["vcnet", "lam-binh"]))
def test_no_cells_end_in_a_traceback(tmp_path, rows, preset) -> None:
    result = run(sheet(tmp_path, HEADER, AN, *(",".join(row) for row in rows)), "--preset", preset)

    assert result.exit_code in (0, 2)
    assert not controls(result.stdout)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_bytes_end_in_a_traceback(tmp_path, data) -> None:
    (tmp_path / "la.bin").write_bytes(HEADER.encode() + b"\n" + data)

    assert run(tmp_path / "la.bin").exit_code in (0, 2)
