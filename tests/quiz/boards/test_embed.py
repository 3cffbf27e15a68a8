"""The board inside other sites: framed by anybody, without cookie, script or form; no other page may be framed."""

from datetime import timedelta

import pytest

from core import clock
from quiz.contest.rules.presets import GuessTarget
from tests.factories import make_attempt, make_contest, make_participant, make_unit, this_monday


def contest_with_papers(session, keyring, **declared):
    units = [make_unit(session), make_unit(session, name="xã Thượng Lâm")]
    contest = make_contest(session, unit=units[0], units=units, weeks=2, first_day=this_monday(), **declared)
    round = contest.rounds[0]
    for unit, papers in ((units[0], 3), (units[1], 1)):
        for _ in range(papers):
            who = make_participant(session, keyring, contest, unit=unit)
            make_attempt(session, keyring, round, participant=who, started_at=round.opens_at + timedelta(hours=1))
    session.commit()
    return contest


@pytest.fixture
def contest(session, keyring, monkeypatch):
    contest = contest_with_papers(session, keyring)
    monkeypatch.setattr(clock, "now", lambda: contest.rounds[0].opens_at + timedelta(days=2))
    return contest


def test_it_may_be_framed_and_has_no_cookie_script_or_form(client, contest):
    reply = client.get(f"/embed/thi/{contest.slug}/bang")

    policy = reply.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    assert "form-action 'none'" in policy
    assert "Set-Cookie" not in reply.headers
    assert "<script" not in reply.text
    assert "<form" not in reply.text


def test_it_is_in_english_where_its_address_asks_for_it(client, contest):
    page = client.get(f"/embed/thi/{contest.slug}/bang?lang=en").text

    assert '<html lang="en">' in page
    assert "Figures up to yesterday" in page
    assert "lang=en" in page.split("<main")[1]


def test_it_shows_the_board_until_yesterday_and_the_days(client, contest):
    page = client.get(f"/embed/thi/{contest.slug}/bang").text

    assert page.index("Lâm Bình") < page.index("Thượng Lâm")
    assert "Số liệu đến hết hôm qua" in page
    assert "Số người nộp bài mỗi ngày" in page
    assert "Nguyễn Văn An" not in page


def test_days_are_those_of_an_open_round_of_everybody(client, contest, monkeypatch):
    closes = contest.rounds[0].closes_at
    monkeypatch.setattr(clock, "now", lambda: closes + timedelta(minutes=1))

    assert "Số người nộp bài mỗi ngày" not in client.get(f"/embed/thi/{contest.slug}/bang?tuan=1").text


def test_a_framed_board_does_not_open_the_board_itself_to_frames(client, contest):
    for address in (f"/embed/thi/{contest.slug}/bang", f"/thi/{contest.slug}/bang", f"/thi/{contest.slug}"):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert ("frame-ancestors 'none'" in policy) is not address.startswith("/embed/")


def test_where_people_guess_their_number_it_has_bands_alone(session, keyring, client, monkeypatch):
    contest = contest_with_papers(session, keyring, guess_target=GuessTarget.PEOPLE)
    monkeypatch.setattr(clock, "now", lambda: contest.rounds[0].opens_at + timedelta(days=2))

    page = client.get(f"/embed/thi/{contest.slug}/bang").text

    assert "Số người nộp bài mỗi ngày" not in page
    assert 'class="hbars"' not in page


def test_a_draft_and_an_unknown_contest_have_none(session, client, contest):
    contest.is_draft = True
    session.commit()

    assert client.get(f"/embed/thi/{contest.slug}/bang").status_code == 404
    assert client.get("/embed/thi/khong-co/bang").status_code == 404
