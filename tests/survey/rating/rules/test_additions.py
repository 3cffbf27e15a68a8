"""Until when something may be added to a rating, and the ticket that allows it."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.week import VIETNAM, local_date, monday_of
from survey.instrument.rules.levels import Level
from survey.rating.rules.additions import OPEN_FOR, Ticket, closing_time, read_ticket, write_ticket
from survey.rating.rules.release import shown_weeks

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
TICKET = Ticket("7K3M9QXD2F4A8BCE", Level(2), datetime(2026, 6, 3, 5, 30, tzinfo=UTC))
TICKETS = st.builds(
    Ticket,
    st.text("0123456789BCFGHJKMNPQRSTVXZ", min_size=16, max_size=16),
    st.sampled_from(Level),
    MOMENTS.map(lambda moment: moment.replace(microsecond=0)),
)


def sign(message):
    return hmac.digest(b"key", message, hashlib.sha256)


def other(message):
    return hmac.digest(b"another key", message, hashlib.sha256)


def at(day, hour, minute):
    return datetime(2026, 6, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("rated_at", "until"),
    [
        (at(3, 9, 0), at(3, 9, 30)),
        (at(3, 23, 50), at(4, 0, 20)),
        (at(7, 23, 29), at(7, 23, 59)),
        (at(7, 23, 50), at(8, 0, 0)),
        (at(8, 0, 0), at(8, 0, 30)),
    ],
)
def test_half_an_hour_and_never_beyond_sunday(rated_at, until):
    assert closing_time(rated_at) == until


@given(MOMENTS)
def test_nothing_is_added_once_the_week_may_be_seen(rated_at):
    week, last = monday_of(local_date(rated_at)), closing_time(rated_at) - timedelta(microseconds=1)

    assert shown_weeks({week: 5}, monday_of(local_date(last))) == frozenset()
    assert rated_at - timedelta(seconds=1) < closing_time(rated_at) <= rated_at + OPEN_FOR


@given(TICKETS)
def test_a_ticket_is_read_as_it_was_written(ticket):
    assert read_ticket(write_ticket(ticket, sign), sign) == ticket


@given(TICKETS, st.data())
def test_a_changed_letter_makes_no_ticket(ticket, data):
    text = write_ticket(ticket, sign)
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ.é ").filter(lambda each: each != text[place]))

    assert read_ticket(text[:place] + letter + text[place + 1 :], sign) is None


@pytest.mark.parametrize("text", ["", ".", "...", "7K3M9QXD2F4A8BCE", "7K3M9QXD2F4A8BCE.2.1780464600.", "ế" * 40])
def test_what_was_never_signed_is_no_ticket(text):
    assert read_ticket(text, sign) is None


def test_a_ticket_of_another_key_is_none():
    assert read_ticket(write_ticket(TICKET, sign), other) is None
