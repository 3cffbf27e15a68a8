"""Periods are named by addresses and made of whole months."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from survey.figures.rules.periods import EVER, PeriodKind, card_in, list_periods, read_period
from survey.instrument.rules.levels import Level

months = st.dates(date(2020, 1, 1), date(2035, 12, 31)).map(lambda day: day.replace(day=1))


@given(st.sets(months, min_size=1, max_size=30))
def test_every_listed_period_is_read_back_and_holds_a_month(found):
    periods = list_periods(found)

    assert periods[0] == EVER
    assert [read_period(period.code) for period in periods] == periods
    assert all(any(period.has(month) for month in found) for period in periods)


@given(months)
def test_a_month_lies_in_one_year_one_quarter_and_one_month(month):
    assert [period.kind for period in list_periods([month])] == list(PeriodKind)


@given(st.text(max_size=8))
def test_any_other_text_names_all_months(text):
    assert read_period(text) == EVER or read_period(text).code == text


def test_a_period_is_the_sum_of_its_months_and_too_few_are_none():
    by_month = {
        date(2026, 6, 1): {Level.SATISFIED: 6},
        date(2026, 7, 1): {Level.DISSATISFIED: 6},
        date(2026, 10, 1): {Level.SATISFIED: 4},
    }

    cards = [card_in(by_month, read_period(code)) for code in ("2026", "2026-q3", "2026-10", "2025")]

    assert [card and (card.satisfied, card.n) for card in cards] == [(10, 16), (0, 6), None, None]
