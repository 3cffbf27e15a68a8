"""The legal days of a request, on paper calendars."""

from datetime import date

import pytest

from privacy.rules.deadlines import Kind, acknowledge_by, answer_by

TET = {date(2026, 2, day) for day in range(16, 21)}


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 6, 1), date(2026, 6, 3)),  # Monday
        (date(2026, 6, 4), date(2026, 6, 8)),  # Thursday: Friday and Monday
        (date(2026, 6, 6), date(2026, 6, 9)),  # Saturday: Monday and Tuesday
        (date(2026, 2, 13), date(2026, 2, 24)),  # the Friday before Tết
    ],
)
def test_a_request_is_acknowledged_within_two_working_days(received, due):
    assert acknowledge_by(received, TET) == due


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (Kind.VIEW, date(2026, 6, 11)), (Kind.CORRECT, date(2026, 6, 11)), (Kind.COPY, date(2026, 6, 11)),
        (Kind.WITHDRAW, date(2026, 6, 16)), (Kind.RESTRICT, date(2026, 6, 16)), (Kind.DELETE, date(2026, 6, 21)),
    ],
)  # fmt: skip
def test_each_kind_of_request_has_its_days(kind, due):
    assert answer_by(kind, date(2026, 6, 1)) == due
