"""Reasons and a comment are added to a recorded rating once, and while its week lasts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.operations.audit import TERMINAL
from core.crypto import digest, new_code
from core.idempotency import StoredReply
from survey.counter.operations.counters import switch_rehearsal
from survey.instrument.rules.levels import Level
from survey.rating.models import OptionTally, Rating, SenderCount
from survey.rating.operations.additions import Addition, AdditionRefused, add_to_rating, addition_key
from survey.rating.operations.comments import erase_comment
from survey.rating.operations.many import rebuild_tallies
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.operations.senders import Sender
from survey.rating.rules.additions import Ticket, closing_time
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_counter
from tests.support.tallies import tally

pytestmark = pytest.mark.both_databases

WORDS = Addition(["waiting", "trips", "waiting"], "Chờ lâu")
PHONE = Sender(page="p", browser="b", device="d", network="n")


def rate(session, keyring, counter, level=2, *, now=MONDAY, sender=None, **said):
    """Record a rating and return its ticket."""
    ticket = Ticket(new_code(), Level(level), closing_time(now))
    opinion = Opinion(Level(level), **said)
    record_rating(
        session, keyring, counter, opinion, channel=Channel.OPEN, receipt=ticket.receipt, now=now, sender=sender
    )
    return ticket


def the_rating(session):
    session.expire_all()
    return session.scalars(select(Rating)).one()


def test_an_addition_belongs_to_the_rating_and_is_no_second_one(session, keyring):
    counter = make_counter(session)
    ticket = rate(session, keyring, counter)

    add_to_rating(session, keyring, counter.id, ticket, WORDS, now=MONDAY + timedelta(minutes=3))

    rating = the_rating(session)
    assert (rating.level, rating.reasons, rating.comment) == (2, ["trips", "waiting"], "Chờ lâu")
    assert {key[3:]: count for key, count in tally(session).items()} == {
        ("level", "2"): 1,
        ("reasons", "trips"): 1,
        ("reasons", "waiting"): 1,
        ("comment", "written"): 1,
    }


def test_rating_and_addition_leave_the_same_rows_as_both_at_once(session, keyring):
    apart, at_once = make_counter(session), make_counter(session)
    ticket = rate(session, keyring, apart)
    add_to_rating(session, keyring, apart.id, ticket, WORDS, now=MONDAY)
    rate(session, keyring, at_once, reasons=WORDS.reasons, comment=WORDS.comment)

    columns = ("counter_id", "id", "receipt_hash")
    rows = [
        {name: value for name, value in row.items() if name not in columns}
        for row in session.execute(select(Rating.__table__)).mappings()
    ]
    counts = [
        sorted((*key[1:], count) for key, count in tally(session).items() if key[0] == each.id)
        for each in (apart, at_once)
    ]
    assert rows[0] == rows[1]
    assert counts[0] == counts[1]


def test_the_rebuild_equals_the_tally_with_additions(session, keyring):
    counter = make_counter(session)
    for _ in range(4):  # the fourth of a phone is set apart
        ticket = rate(session, keyring, counter, sender=PHONE)
        add_to_rating(session, keyring, counter.id, ticket, WORDS, now=MONDAY)
    before = {(row.rating_class, row.item, row.option): row.count for row in session.scalars(select(OptionTally))}

    rebuild_tallies(session, counter)

    after = {(row.rating_class, row.item, row.option): row.count for row in session.scalars(select(OptionTally))}
    assert after == before
    assert before["more", "comment", "written"] == 1


def test_an_addition_counts_no_sender(session, keyring):
    counter = make_counter(session)
    ticket = rate(session, keyring, counter, sender=PHONE)
    before = session.execute(select(SenderCount.mark, SenderCount.count)).all()

    add_to_rating(session, keyring, counter.id, ticket, WORDS, now=MONDAY)

    assert session.execute(select(SenderCount.mark, SenderCount.count)).all() == before


@pytest.mark.parametrize("said", [{"reasons": ["cost"]}, {"comment": "Tốt"}])
def test_a_rating_that_says_something_takes_nothing_more(session, keyring, said):
    counter = make_counter(session)
    ticket = rate(session, keyring, counter, **said)
    before = tally(session)

    with pytest.raises(AdditionRefused):
        add_to_rating(session, keyring, counter.id, ticket, WORDS, now=MONDAY)

    assert tally(session) == before


def test_nothing_is_added_after_the_week_of_the_rating(session, keyring):
    counter = make_counter(session)
    ticket = rate(session, keyring, counter)

    with pytest.raises(AdditionRefused):
        add_to_rating(session, keyring, counter.id, ticket, WORDS, now=MONDAY + timedelta(weeks=1))

    assert (the_rating(session).comment, the_rating(session).reasons) == ("", [])


def test_a_ticket_of_another_counter_or_receipt_adds_nothing(session, keyring):
    counter, other = make_counter(session), make_counter(session)
    ticket = rate(session, keyring, counter)

    for id, used in ((other.id, ticket), (counter.id, Ticket(new_code(), ticket.level, ticket.until))):
        with pytest.raises(AdditionRefused):
            add_to_rating(session, keyring, id, used, WORDS, now=MONDAY)

    assert the_rating(session).comment == ""


def test_an_addition_of_a_rehearsal_is_kept_and_not_counted(session, keyring):
    counter = make_counter(session)
    switch_rehearsal(session, TERMINAL, counter, True, now=MONDAY)
    ticket = rate(session, keyring, counter)

    add_to_rating(session, keyring, counter.id, ticket, WORDS, now=MONDAY)

    assert the_rating(session).comment == "Chờ lâu"
    assert tally(session) == {}


def test_an_added_comment_is_erased_like_any_other(session, keyring):
    counter = make_counter(session)
    ticket = rate(session, keyring, counter)
    add_to_rating(session, keyring, counter.id, ticket, WORDS, now=MONDAY)

    erase_comment(session, the_rating(session))

    assert (the_rating(session).comment, the_rating(session).reasons) == ("", ["trips", "waiting"])
    assert ("comment", "written") not in {key[3:] for key in tally(session)}


def test_the_key_of_an_addition_is_one_and_no_column_leads_to_it(session, keyring):
    counter = make_counter(session)
    ticket = rate(session, keyring, counter)
    key = addition_key(keyring, ticket.receipt)
    stored = {value for row in session.execute(select(Rating.__table__)).all() for value in row}

    assert key == addition_key(keyring, ticket.receipt) != addition_key(keyring, new_code())
    assert len(key) == 22
    assert digest(key) not in stored
    assert {column.name for column in StoredReply.__table__.columns} == {
        "key_hash",
        "body_mac",
        "sealed",
        "expires_on",
    }
