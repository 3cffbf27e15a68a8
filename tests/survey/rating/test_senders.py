"""The class of a rating that comes through its page, and what is kept of its sender."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from account.rules.permissions import Role
from core import clock
from core.crypto import new_key
from core.retention import rules
from core.values.week import local_date, monday_of
from survey.counter.queries.printed import address_of
from survey.rating.models import OptionTally, Rating, SenderCount
from survey.rating.operations.senders import purge_senders
from tests.factories import make_account, make_counter
from tests.support.staff import enter
from tests.support.tallies import classes

pytestmark = pytest.mark.both_databases

HIDDEN = re.compile(r'<input[^>]*name="(key|form_token|rehearsal)"[^>]*value="([^"]*)"')
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari"


def rate(client, path, *, address="203.0.113.9", browser=ANDROID, device="", page=None):
    """Send a rating from its own copy of the page, or from *page*; return its copy."""
    page = page or dict(HIDDEN.findall(client.get(path).text))
    fields = page | {"key": new_key(), "level": "5", "device": device}
    reply = client.post(path, data=fields, headers={"User-Agent": browser}, environ_base={"REMOTE_ADDR": address})
    assert reply.status_code == 201
    return page


def test_the_first_three_of_a_phone_count_and_the_fourth_waits(client, session, path):
    for _ in range(4):
        rate(client, path)

    assert classes(session) == {"first": 1, "again": 2, "more": 1}


def test_thirty_phones_of_one_model_behind_one_address_all_count_as_six_devices(client, session, path):
    for _ in range(30):
        rate(client, path, device=new_key())

    assert classes(session) == {"first": 6, "again": 24}


def test_a_script_that_invents_phones_is_a_burst_from_its_thirty_first(client, session, path):
    for at in range(33):
        rate(client, path, device=new_key(), browser=f"phone {at}")

    assert classes(session) == {"first": 6, "again": 24, "burst": 3}


def test_a_phone_that_floods_does_not_set_others_of_its_network_apart(client, session, path):
    for _ in range(45):
        rate(client, path, device="f" * 22)
    flood = classes(session)

    for at in range(4):
        rate(client, path, device=new_key(), browser=f"phone {at}")

    assert flood == {"first": 1, "again": 2, "more": 27, "burst": 15}
    assert classes(session) == flood | {"again": 6}


def test_one_copy_of_the_page_counts_three_times_from_an_address(client, session, path):
    page = rate(client, path, device=new_key(), browser="0")
    for at in range(1, 5):
        rate(client, path, device=new_key(), browser=str(at), page=page)

    assert classes(session) == {"first": 1, "again": 2, "more": 2}


def test_a_counter_takes_forty_in_ten_minutes_from_all_over(client, session, path):
    for at in range(42):
        rate(client, path, address=f"203.0.113.{at}")

    assert classes(session) == {"first": 40, "burst": 2}


def test_an_ipv6_network_counts_as_one(client, session, path):
    for at in range(32):
        rate(client, path, address=f"2001:db8:7:{at:x}::1")

    assert classes(session) == {"first": 6, "again": 24, "burst": 2}


def test_a_phone_is_known_again_for_two_weeks(client, session, path, monkeypatch):
    monday = clock.now() - timedelta(days=local_date(clock.now()).weekday())
    for days in (0, 1, 7, 28):
        monkeypatch.setattr(clock, "now", lambda days=days: monday + timedelta(days=days))
        rate(client, path, device="m" * 22)

    kinds = [rating.rating_class for rating in session.scalars(select(Rating).order_by(Rating.week))]
    assert sorted(kinds[:2]) == ["again", "first"]
    assert kinds[3] == "first"
    assert kinds[2] in {"back", "first"}, "a phone that comes in another month is new there"


def test_a_signed_in_member_of_staff_and_the_office_network_are_apart(client, session, counter, path):
    counter.office.networks = "198.51.100.0/24 2001:db8:1::/48"
    account = make_account(session, role=Role.MANAGER, unit=counter.office.unit)
    session.commit()

    rate(client, path, address="198.51.100.77")
    rate(client, path, address="2001:db8:1:5::9")
    rate(client, path, address="198.51.101.77")
    rate(enter(client, account), path, address="192.0.2.1")

    assert classes(session) == {"own": 3, "first": 1}


def test_a_rehearsal_counts_no_sender(client, session, counter, path):
    counter.is_rehearsal = True
    session.commit()

    rate(client, path)

    assert session.scalar(select(func.count()).select_from(SenderCount)) == 0


def test_two_counters_and_two_days_share_no_mark(client, session, keyring, counter, path, monkeypatch):
    other = make_counter(session, office=counter.office, number=7)
    session.commit()
    monday = clock.now() - timedelta(days=local_date(clock.now()).weekday())
    for where, days in ((path, 0), (f"/q/{address_of(keyring, other)}", 0), (path, 1), (path, 7)):
        monkeypatch.setattr(clock, "now", lambda days=days: monday + timedelta(days=days))
        rate(client, where, device="m" * 22)

    marks = list(session.scalars(select(SenderCount.mark)))
    assert len(marks) == len(set(marks)) == 4 * 5 + 3, "five a counter and day, and one a counter and week"


def test_counts_of_senders_are_gone_after_fourteen_days(client, session, path, monkeypatch):
    wednesday = clock.now() + timedelta(days=2 - local_date(clock.now()).weekday())
    monkeypatch.setattr(clock, "now", lambda: wednesday)
    rate(client, path)

    gone = [purge_senders(session, local_date(wednesday) + timedelta(days=days)) for days in (11, 12, 13, 14)]

    assert gone == [0, 1, 0, 5], "the mark of the week is that of its Monday"
    assert "senders" in {rule.code for rule in rules(session)}


def test_no_row_leads_from_a_rating_to_its_sender(client, session, path):
    rate(client, path, device="m" * 22)

    columns = {column.name for column in Rating.__table__.columns}
    assert columns == {
        "id",
        "counter_id",
        "instrument_id",
        "channel",
        "answers",
        "comment",
        "week",
        "receipt_hash",
        "is_rehearsal",
        "rating_class",
    }
    assert {column.name for column in SenderCount.__table__.columns} == {"counter_id", "day", "mark", "count"}


def test_two_stuffed_weeks_raise_no_limit(client, session, counter, path):
    week = monday_of(local_date(clock.now()))
    for ago in (1, 2):
        stuffed = week - timedelta(weeks=ago)
        session.add(
            OptionTally(counter_id=counter.id, week=stuffed, channel="open", item="level", option="5", count=9000)
        )
    session.commit()

    for at in range(32):
        rate(client, path, device=new_key(), browser=f"phone {at}")

    assert classes(session, weeks=[week]) == {"first": 6, "again": 24, "burst": 2}


def test_three_busy_weeks_raise_the_limit_of_a_network(client, session, counter, path):
    week = monday_of(local_date(clock.now()))
    for ago in (1, 2, 4):
        busy = week - timedelta(weeks=ago)
        session.add(OptionTally(counter_id=counter.id, week=busy, channel="open", item="level", option="5", count=60))
    session.commit()

    for at in range(38):
        rate(client, path, device=new_key(), browser=f"phone {at}")

    assert classes(session, weeks=[week]) == {"first": 8, "again": 28, "burst": 2}


def test_a_known_phone_takes_no_place_of_a_new_one_of_its_network(client, session, path, monkeypatch):
    monday = clock.now() - timedelta(days=local_date(clock.now()).weekday())
    monkeypatch.setattr(clock, "now", lambda: monday)
    rate(client, path, device="k" * 22)
    monkeypatch.setattr(clock, "now", lambda: monday + timedelta(days=1))

    rate(client, path, device="k" * 22)
    rate(client, path, device="n" * 22)

    assert classes(session) == {"first": 2, "again": 1}
