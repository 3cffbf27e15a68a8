"""Four ratings whose author knows them reveal no fifth: not beside the headline, not in reasons, not at midnight."""

from datetime import timedelta

import pytest

from core import clock
from core.crypto import new_code
from core.values.week import day_start, local_date, monday_of
from survey.figures.queries.figures import figures_of
from survey.figures.queries.reasons import list_reasons
from survey.instrument.rules.levels import Level
from survey.rating.operations.many import rebuild_tallies
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.operations.senders import Sender
from survey.rating.queries.tally import released_of
from survey.rating.rules.channels import Channel
from survey.rating.rules.release import SETTLING, release_day
from tests.factories import MONDAY, make_counter

pytestmark = pytest.mark.both_databases
NEXT_WEEK = monday_of(local_date(MONDAY)) + timedelta(weeks=1)


def rate(session, keyring, counter, level, *, reasons=(), week=0, sender=None):
    record_rating(
        session,
        keyring,
        counter,
        Opinion(Level(level), reasons),
        channel=Channel.OPEN,
        receipt=new_code(),
        now=MONDAY + timedelta(weeks=week),
        sender=sender,
    )


def sender(device, network, *, is_own=False):
    return Sender(page=f"page {device}", browser="b", device=device, network=network, is_own=is_own)


def left_out(session, counter):
    found = figures_of(session, [counter], NEXT_WEEK)
    return found.left_out, found.raw.n if found.raw else 0


def test_what_staff_send_around_a_citizen_of_their_network_waits(session, keyring):
    counter = make_counter(session)
    rate(session, keyring, counter, 1, sender=sender("citizen", "office", is_own=True))
    for _ in range(4):
        rate(session, keyring, counter, 5, sender=sender("clerk", "office", is_own=True))

    assert left_out(session, counter) == (0, 0)


def test_windows_of_one_network_are_no_devices_beside_the_headline(session, keyring):
    counter = make_counter(session)
    for at in range(20):
        rate(session, keyring, counter, 5, sender=sender(f"window {at}", "office", is_own=True))
    assert left_out(session, counter) == (0, 0)

    rate(session, keyring, counter, 5, sender=sender("window 20", "office", is_own=True))
    assert left_out(session, counter) == (21, 21)


def test_a_tablet_that_many_use_shows_nothing_beside_the_headline(session, keyring):
    counter = make_counter(session)
    for at in range(12):
        rate(session, keyring, counter, 1 if at == 7 else 5, sender=sender("tablet", "office"))

    assert left_out(session, counter) == (0, 0)


def test_five_devices_are_shown_and_a_recount_keeps_them(session, keyring):
    counter = make_counter(session)
    for at in range(5):
        rate(session, keyring, counter, 5, sender=sender(f"device {at}", f"line {at}", is_own=True))
    assert left_out(session, counter) == (5, 5)

    rebuild_tallies(session, counter)
    assert left_out(session, counter) == (5, 5)


def test_a_counter_that_is_released_later_adds_nothing_to_reasons_that_were_seen(session, keyring):
    early = make_counter(session, number=1)
    counters = [early, make_counter(session, office=early.office, number=2)]
    for _ in range(6):
        rate(session, keyring, early, 2, reasons=["waiting"])
    rate(session, keyring, counters[1], 1, reasons=["waiting", "attitude"])
    for _ in range(4):
        rate(session, keyring, counters[1], 5, week=1)

    seen = []
    for week in (0, 1):
        today = NEXT_WEEK + timedelta(weeks=week)
        found = released_of(session, [each.id for each in counters], today, Channel.OPEN)
        seen.append(list_reasons(session, counters, [row for rows in found.values() for row in rows])[0].n)
    assert seen == [6, 6]


def test_a_rating_stored_after_midnight_changes_no_figure_that_was_seen(session, keyring, client, monkeypatch):
    counter = make_counter(session)
    for _ in range(5):
        rate(session, keyring, counter, 5)
    session.commit()
    midnight, seen = day_start(NEXT_WEEK), []
    for late in (timedelta(seconds=2), timedelta(minutes=2), SETTLING):
        monkeypatch.setattr(clock, "now", lambda late=late: midnight + late)
        seen.append("5 trong 5 lượt đánh giá" in client.get(f"/ket-qua/{counter.office.slug}").text)

    assert seen == [False, False, True]
    assert release_day(midnight + SETTLING) == NEXT_WEEK
