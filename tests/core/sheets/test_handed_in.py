"""Responses of survey tools that were begun and never handed in."""

import pytest

from core.sheets.handed_in import HandIns


@pytest.mark.parametrize(
    ("header", "rows", "unfinished"),
    [
        (["id", "submitdate"], [["1", "2026-06-05 08:00"], ["2", ""]], {3}),
        (["Start time", "Completion time"], [["8:00", "8:10"], ["8:01", None]], {3}),
        (["Giờ bắt đầu", "Giờ nộp bài"], [["8:00", "8:10"], ["8:01", ""]], {3}),
        (["Finished"], [["True"], ["False"], ["True"]], {3}),
        (["Trạng thái"], [["Đã nộp"], ["Đang làm"], ["Đã nộp"]], {3}),
        (["Progress"], [["100"], ["62"], ["100"]], {3}),
        (["Giờ nộp bài"], [["8:10"], [""]], set()),
        (["submitdate"], [[""], [""]], set()),
        (["Họ tên", "Điểm"], [["An", "5"], ["Chi", ""]], set()),
    ],
)
def test_rows_without_a_hand_in_are_found_where_others_have_one(header, rows, unfinished):
    hand_ins = HandIns(header)
    numbers = {number for number, _ in hand_ins.watch(enumerate(rows, start=2))}

    assert hand_ins.unfinished(numbers) == unfinished
