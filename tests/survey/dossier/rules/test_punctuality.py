"""The share in time, the agreement with the provincial system, and the periods."""

from datetime import date

import pytest

from survey.dossier.rules.period import DossierPeriod, periods_between, quarter_of, read_period
from survey.dossier.rules.punctuality import Agreement, Punctuality


def test_the_share_is_of_returned_dossiers_with_a_due_day():
    counted = Punctuality(received=130, on_time=95, late=5, without_due=7, open_in_time=10, overdue=13)

    assert (counted.share, counted.judged, counted.returned, counted.still_open) == (0.95, 100, 107, 23)


def test_nothing_returned_is_no_share():
    assert Punctuality(received=3, overdue=3).share is None


def test_the_difference_is_what_the_provincial_system_has_more():
    agreed = Agreement(1903, 1911)

    assert agreed.difference == 8
    assert agreed.coverage == pytest.approx(0.99581, abs=1e-5)


def test_a_longer_list_covers_no_more_than_everything():
    assert (Agreement(12, 10).difference, Agreement(12, 10).coverage) == (-2, 1.0)


@pytest.mark.parametrize("code", ["2026", "2026-q1", "2026-q4", "2026-02", "2024-02", "2026-12"])
def test_a_period_is_read_from_its_code(code):
    assert read_period(code).code == code


@pytest.mark.parametrize("code", ["", "2026-00", "2026-q5", "1999", "2026-2", "2026-02-01", "٢٠٢٦", "quý 4"])
def test_other_codes_are_no_period(code):
    assert read_period(code) is None


def test_a_leap_february_has_its_day():
    assert read_period("2024-02").last == date(2024, 2, 29)


def test_the_periods_of_a_list_stand_newest_first():
    found = [each.code for each in periods_between(date(2025, 12, 31), date(2026, 2, 1))]

    assert found == ["2026", "2026-q1", "2026-02", "2026-01", "2025", "2025-q4", "2025-12"]


def test_a_day_lies_in_its_quarter():
    assert quarter_of(date(2026, 12, 1)) == DossierPeriod(date(2026, 10, 1), date(2026, 12, 31))
