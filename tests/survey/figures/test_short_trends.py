"""The title of a trend of a few months: what it found, and whether that may be chance."""

from datetime import date

import pytest

from survey.figures.rules.trend import MonthPoint
from survey.figures.views.words import trend_finding


def point(month, satisfied, n):
    return MonthPoint(date(2026, month, 1), n, satisfied / n, 0.0, 1.0)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((17, 20), (34, 50), "85 % xuống 68 %, chưa chắc đã giảm"),
        ((850, 1000), (680, 1000), "85 % xuống 68 %, giảm rõ"),
        ((34, 50), (17, 20), "68 % lên 85 %, chưa chắc đã tăng"),
        ((680, 1000), (850, 1000), "68 % lên 85 %, tăng rõ"),
        ((17, 20), (34, 40), "đầu và cuối đều 85 %"),
    ],
)
def test_a_trend_of_two_months_says_what_it_found(app, first, last, said):
    with app.test_request_context():
        found = trend_finding([point(7, *first), MonthPoint(date(2026, 8, 1), 0, None, 0, 1), point(9, *last)])

    assert found.replace("\u00a0", " ") == f"Từ tháng 7/2026 đến tháng 9/2026: {said}"


def test_one_month_is_no_trend(app):
    with app.test_request_context():
        found = trend_finding([point(7, 17, 20)])

    assert found.replace("\u00a0", " ") == "Mới có số liệu một tháng: 85 % hài lòng"
