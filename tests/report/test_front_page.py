"""The front page: every figure on it is that of the page to which it leads."""

import re
from datetime import date, timedelta

import pytest

from core import clock
from core.crypto import new_code
from core.values.numbers import decimal, thousands
from core.values.week import local_date, monday_of
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations.closing import mark_published, rank_round
from survey.figures.queries.office_list import read_office_list
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import make_attempt, make_contest, make_counter
from tests.support.pages import Page

pytestmark = pytest.mark.both_databases


def rate(session, keyring, counter, level, *, times):
    for day in range(times):
        now = clock.now() - timedelta(days=21, hours=day)
        record_rating(session, keyring, counter, Opinion(level), channel=Channel.OPEN, receipt=new_code(), now=now)


def publish(session, keyring, *, entries):
    contest = make_contest(session, first_day=date(2026, 6, 1), weeks=1)
    round = contest.rounds[0]
    for right in entries:
        make_attempt(session, keyring, round, correct=right)
    rank_round(session, round, now=round.closes_at + SETTLING)
    mark_published(session, round, now=round.closes_at + SETTLING)
    return round


def test_the_share_is_that_of_the_list_of_offices(session, keyring, client):
    counter = make_counter(session)
    rate(session, keyring, counter, Level.SATISFIED, times=9)
    rate(session, keyring, counter, Level.DISSATISFIED, times=3)
    session.commit()

    page = Page(client.get("/").text)

    card = read_office_list(session, local_date(clock.now())).card
    assert card.n == 12
    assert f"{decimal(100 * card.share)} %" in page.text
    assert f"{thousands(card.n)} lượt ở 1 nơi" in page.text
    assert "75,0 %" in page.text


def test_the_course_runs_through_the_shares_of_the_monthly_table(session, keyring, client):
    counter = make_counter(session)
    for weeks, satisfied in ((21, 6), (16, 9), (11, 7), (6, 8)):
        now = clock.now() - timedelta(weeks=weeks)
        for at in range(10):
            level = Level.SATISFIED if at < satisfied else Level.DISSATISFIED
            record_rating(session, keyring, counter, Opinion(level), channel=Channel.OPEN, receipt=new_code(), now=now)
    session.commit()
    table = client.get(f"/ket-qua/{counter.office.slug}").text.partition('id="theo-thang"')[2].partition("</figure>")[0]
    shares = re.findall(r'<td class="number">([\d,]+)\s%</td><td class="number">\d+–', table)
    front = client.get("/").text

    line = re.search(r'class="ch spark".*?<path class="ln5" [^>]*d="M([^"]+)"', front)[1]
    points = [[float(each) for each in point.split()] for point in line.split("L")]

    assert [60 + 30 * (100 - y) / 100 for _x, y in points] == pytest.approx([60, 90, 70, 80], abs=0.1)
    assert shares[::-1] == ["60,0", "90,0", "70,0", "80,0"]
    assert [x for x, _y in points] == pytest.approx([0, 33.3, 66.7, 100], abs=0.1)
    assert "thấp nhất 60,0 %, cao nhất 90,0 %" in Page(front).text.replace("\xa0", " ")


def test_the_newest_published_round_is_shown_with_its_numbers(session, keyring, client):
    round = publish(session, keyring, entries=[5, 5, 3])
    session.commit()

    page = Page(client.get("/").text)

    assert "Tuần 1 vừa công bố: 3 người thi" in page.text
    assert f"/thi/{round.contest.slug}/tuan/1" in page.links


def test_a_round_of_a_contest_that_was_called_off_is_not_shown(session, keyring, client):
    round = publish(session, keyring, entries=[5])
    round.contest.called_off_at, round.contest.called_off_why = clock.now(), "Mưa lũ"
    session.commit()

    assert "vừa công bố" not in client.get("/").text


def test_no_winner_is_named_with_a_phone(session, keyring, client):
    publish(session, keyring, entries=[5, 4, 3])
    session.commit()

    page = client.get("/").text

    assert 'class="note phone"' not in page
    assert "Một người dự thi" in page


def test_every_card_of_an_empty_instance_says_why_it_is_empty(client):
    page = Page(client.get("/").text)

    for words in ("Hiện chưa có cuộc thi nào mở", "Chưa đủ 5 lượt để công bố", "Chưa có cơ quan nào mở đánh giá"):
        assert words in page.text


def test_the_open_contest_with_most_people_leads_and_three_others_follow(session, keyring, client):
    monday = monday_of(local_date(clock.now()))
    for number in range(5):
        make_contest(session, first_day=monday, weeks=1).title = f"Cuộc thi nhỏ {number}"
    great = make_contest(session, first_day=monday - timedelta(days=7), weeks=4)
    great.title = "Cuộc thi lớn"
    make_attempt(session, keyring, great.rounds[0], correct=3)
    rank_round(session, great.rounds[0], now=great.rounds[0].closes_at + SETTLING)
    session.commit()

    page = Page(client.get("/").text)

    assert "Cuộc thi lớn" in page.text.split("Cứ 100")[0] and "1 người đã thi các tuần trước" in page.text
    assert sum(f"Cuộc thi nhỏ {number}" in page.text for number in range(5)) == 3
