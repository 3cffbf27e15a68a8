"""Scores as spreadsheets hold them, including those that were taken for dates."""

from datetime import date, datetime

import pytest

from core.values.language import use
from quiz.attempt.files.marks import read_scores


@pytest.mark.parametrize("cell", [date(2026, 3, 8), datetime(2026, 3, 8)])
def test_a_score_that_became_a_date_is_explained(cell):
    marks = read_scores(["9 / 10", cell], 10)

    assert marks.correct == [9, None]
    assert marks.reasons[1] == "điểm đã bị bảng tính đổi thành ngày (08/03/2026); không tính lượt, hãy ghi lại điểm."


def test_what_is_wrong_with_a_row_is_said_in_the_language_of_the_page():
    with use("en"):
        marks = read_scores(["", "7"], 10)

    assert marks.reasons == {0: "no score; the entry does not count."}
