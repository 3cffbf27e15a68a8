"""Ratings are stored; figures advance by whole weeks of five or more, and nothing reveals the order of ratings."""

import random
from datetime import date, timedelta

import pytest

from core.crypto import new_code
from survey.counter.queries.printed import address_of, find_counter_at
from survey.figures.queries.figures import cards_by_channel, cards_by_counter, cards_by_office, figures_of
from survey.figures.queries.newness import list_office_counters
from survey.instrument.rules import quick
from survey.instrument.rules.levels import Level
from survey.rating.models import Rating
from survey.rating.operations.many import rebuild_tallies
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.queries.comment import comment_months, list_comments
from survey.rating.queries.rating import find_rating_by_receipt
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_counter
from tests.support.pages import Page
from tests.support.tallies import tally

pytestmark = pytest.mark.both_databases

SUNDAY, NEXT_MONDAY = date(2026, 6, 7), date(2026, 6, 8)


def rate(session, keyring, counter, level=5, *, comment="", reasons=(), receipt="", now=MONDAY, channel=Channel.OPEN):
    opinion = Opinion(Level(level), reasons, comment)
    receipt = receipt or new_code()
    id = record_rating(session, keyring, counter, opinion, channel=channel, receipt=receipt, now=now)
    return session.get(Rating, id)


def test_a_rating_keeps_its_week_and_nothing_finer(session, keyring):
    rating = rate(session, keyring, make_counter(session), now=MONDAY + timedelta(days=6, hours=23))

    times = {column.name for column in Rating.__table__.columns if column.name.endswith(("_at", "_on"))}
    assert rating.week == date(2026, 6, 1)
    assert times == set()


def test_reasons_and_comment_are_kept_with_the_level(session, keyring):
    rating = rate(session, keyring, make_counter(session), 2, comment="Chờ lâu", reasons=[quick.WAITING, quick.WAITING])

    assert (rating.level, rating.comment) == (2, "Chờ lâu")
    assert rating.reasons == ["waiting"]


def test_five_ratings_of_a_finished_week_are_seen_with_their_comments(session, keyring):
    counter = make_counter(session)
    for level in (4, 5, 5, 5, 1):
        rate(session, keyring, counter, level, comment="Tốt")

    this_week, next_week = (figures_of(session, [counter], day).card for day in (SUNDAY, NEXT_MONDAY))

    assert this_week is None
    assert (next_week.n, next_week.satisfied) == (5, 4)
    assert len(list_comments(session, comment_months(session, [counter], NEXT_MONDAY))) == 5
    assert list_comments(session, comment_months(session, [counter], SUNDAY)) == []


def test_four_ratings_are_never_seen(session, keyring):
    counter = make_counter(session)
    for _ in range(4):
        rate(session, keyring, counter, comment="Tốt")

    assert figures_of(session, [counter], NEXT_MONDAY).card is None
    assert list_comments(session, comment_months(session, [counter], NEXT_MONDAY)) == []


def test_a_clerk_who_adds_four_ratings_sees_nothing_move(session, keyring):
    counter = make_counter(session)
    for _ in range(5):
        rate(session, keyring, counter, now=MONDAY - timedelta(weeks=1))
    before = figures_of(session, [counter], SUNDAY)

    rate(session, keyring, counter, 1, comment="Chờ cả buổi")
    for _ in range(4):
        rate(session, keyring, counter, 5)

    assert figures_of(session, [counter], SUNDAY) == before
    assert list_comments(session, comment_months(session, [counter], SUNDAY)) == []


def test_channels_are_never_pooled(session, keyring):
    counter = make_counter(session)
    for channel in (Channel.OPEN, Channel.PAPER):
        for _ in range(5):
            rate(session, keyring, counter, channel=channel, comment="Tốt")

    cards = cards_by_channel(session, [counter], NEXT_MONDAY)
    written = [rating.channel for rating in list_comments(session, comment_months(session, [counter], NEXT_MONDAY))]
    assert figures_of(session, [counter], NEXT_MONDAY).card.n == 5
    assert [(channel.value, card.n) for channel, card in cards] == [("open", 5), ("paper", 5)]
    assert sorted(written) == ["open"] * 5 + ["paper"] * 5


def test_the_rebuild_equals_the_tally(session, keyring):
    counter = make_counter(session)
    for level in (5, 4, 3, 2, 1, 5, 5):
        rate(session, keyring, counter, level)
    before = tally(session)

    rebuild_tallies(session, counter)

    session.expire_all()
    after = tally(session)
    assert after == before


def test_a_rating_is_found_by_its_receipt_alone(session, keyring):
    rating = rate(session, keyring, make_counter(session), receipt="7K3M9QXD2F4A8BCE")

    assert find_rating_by_receipt(session, keyring, "7K3M9QXD2F4A8BCE").id == rating.id
    assert find_rating_by_receipt(session, keyring, "7K3M9QXD2F4A8BCF") is None


@pytest.mark.parametrize("at", range(10))
def test_one_changed_letter_of_a_printed_address_leads_nowhere(session, keyring, at):
    code = address_of(keyring, make_counter(session))
    altered = code[:at] + ("0" if code[at] != "0" else "1") + code[at + 1 :]

    assert find_counter_at(session, keyring, code) is not None
    assert find_counter_at(session, keyring, altered) is None


def test_a_list_of_offices_of_any_length_takes_three_queries_and_then_two(session, keyring, count_queries):
    counters = [make_counter(session) for _ in range(8)]
    for counter in counters:
        for _ in range(5):
            rate(session, keyring, counter, 4)
    offices = [counter.office for counter in counters]
    count_queries.clear()

    cards = cards_by_office(session, offices, list_office_counters(session, offices), NEXT_MONDAY)
    asked = len(count_queries)
    again = cards_by_office(session, offices, list_office_counters(session, offices), NEXT_MONDAY)

    assert (asked, len(count_queries) - asked) == (3, 2)
    assert again == cards
    assert [cards[office.id].n for office in offices] == [5] * 8


@pytest.mark.parametrize("seed", range(5))
def test_the_figures_of_a_list_equal_those_of_the_page_at_any_time(session, keyring, seed):
    hazard, counter = random.Random(seed), make_counter(session)
    for _ in range(30):
        rate(session, keyring, counter, hazard.randint(1, 5), now=MONDAY + timedelta(weeks=hazard.randrange(6)))
        today = NEXT_MONDAY + timedelta(weeks=hazard.randrange(7))

        card = figures_of(session, [counter], today).card
        assert cards_by_counter(session, [counter], today)[counter.id] == card
        offices, counters = [counter.office], list_office_counters(session, [counter.office])
        assert cards_by_office(session, offices, counters, today)[counter.office_id] == card


def test_the_holder_of_the_receipt_reads_the_comment_and_erases_it(client, session, keyring):
    rating = rate(session, keyring, make_counter(session), level=2, comment="Tôi là Páo", receipt="7K3M9QXD2F4A8BCE")
    session.commit()
    page = Page(client.get("/danh-gia/tra-cuu").text).form()
    typed = {"code": "7K3M-9QXD-2F4A-8BCE"}

    found = client.post("/danh-gia/tra-cuu", data=dict(page.filled(**typed)))
    erased = client.post("/danh-gia/tra-cuu", data=dict(page.filled(**typed, act="erase")))

    session.refresh(rating)
    assert "Tôi là Páo" in found.text
    assert "Đã xóa lời góp ý" in erased.text
    assert "Páo" not in erased.text
    assert (rating.comment, rating.level) == ("", 2)
