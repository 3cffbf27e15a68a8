"""Comments are released with their figures, by month, in random order, for any number of them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update

from account.rules.permissions import Role
from core.values.week import month_of
from survey.instrument.queries import newest_quick
from survey.instrument.rules.levels import Level
from survey.rating.models import OptionTally, Rating
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.queries.comment import comment_months, count_comments, list_comments
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import RatingClass
from tests.factories import MONDAY, make_account, make_counter, make_office
from tests.support.staff import enter

pytestmark = pytest.mark.both_databases

FIRST, LAST = date(2024, 1, 1), date(2026, 6, 8)


@pytest.fixture
def years(session):
    """Create an office of sixty counters, each rated in two channels in every week for two years, with a comment."""
    office = make_office(session)
    counters = [make_counter(session, office=office, number=number) for number in range(1, 61)]
    rows = [
        {"counter_id": counter.id, "week": FIRST + timedelta(weeks=week), "channel": channel}
        for counter in counters
        for week in range(110)
        for channel in ("open", "paper")
    ]
    for item, option, count in (("level", "5", 5), ("comment", "written", 1)):
        session.execute(insert(OptionTally), [row | {"item": item, "option": option, "count": count} for row in rows])
    said = {"comment": "Tốt", "instrument_id": newest_quick(session)}
    session.execute(insert(Rating), [row | said | {"receipt_hash": at.to_bytes(32)} for at, row in enumerate(rows)])
    return counters


def test_an_office_of_many_counters_and_years_is_read_by_pages(session, years):
    months = comment_months(session, years, LAST)
    whole = count_comments(months)
    pages = [list_comments(session, months, slice(at, at + 25)) for at in (0, 25, 500, whole - 10)]

    assert whole == 60 * 110 * 2
    assert [len(page) for page in pages] == [25, 25, 25, 10]
    assert {rating.month for rating in pages[0]} == {month_of(FIRST + timedelta(weeks=109))}
    assert {rating.month for rating in pages[-1]} == {FIRST}
    assert len({rating.id for page in pages for rating in page}) == 85


def test_a_page_begins_where_the_last_ended_also_across_a_month(session, years):
    months = comment_months(session, years[:2], LAST)
    every = list_comments(session, months)
    parts = [list_comments(session, months, slice(at, at + 7)) for at in range(0, len(every), 7)]

    assert [rating.id for part in parts for rating in part] == [rating.id for rating in every]
    assert [rating.month for rating in every] == sorted((rating.month for rating in every), reverse=True)


def test_the_page_shows_the_month_and_no_week(client, session, keyring):
    counter = make_counter(session)
    for week in range(3):  # two, two and one: released together; a week of its own would reveal one of them
        for number in range((2, 2, 1)[week]):
            opinion, now = Opinion(Level(4), comment=f"Lời {week}{number}"), MONDAY + timedelta(weeks=week)
            receipt = f"{week}{number:015}"
            record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=receipt, now=now)
    account = make_account(session, unit=counter.office.unit, role=Role.MANAGER)
    session.commit()

    html = enter(client, account).get(f"/quan-tri/danh-gia/{counter.office.slug}/y-kien").text

    assert html.count("<blockquote") == 5
    assert html.count(f"Quầy {counter.number}, tháng 6/2026") == 5
    assert "tuần từ" not in html


def test_a_comment_of_a_rating_that_is_left_out_is_marked(client, session, keyring):
    counter = make_counter(session)
    for number in range(5):
        opinion = Opinion(Level(4), comment=f"Lời {number}")
        record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=f"{number:016}", now=MONDAY)
    session.execute(update(Rating).where(Rating.comment == "Lời 3").values(rating_class=RatingClass.MORE.value))
    account = make_account(session, unit=counter.office.unit, role=Role.MANAGER)
    session.commit()

    html = enter(client, account).get(f"/quan-tri/danh-gia/{counter.office.slug}/y-kien").text

    assert [("lượt để riêng" in said, "Lời 3" in said) for said in html.split("<blockquote")[1:]].count(
        (True, True)
    ) == 1
    assert html.count("lượt để riêng") == 1
