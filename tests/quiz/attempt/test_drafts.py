"""A paper is gone on with on another device: its answers are kept, the clock is the server's, one entry comes of it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from core import clock
from quiz.attempt.models import Attempt, AttemptDraft, Entry, Tally
from quiz.attempt.operations.drafts import MOST_SAVES, NotRunning, TooManySaves, purge_drafts, save_draft
from quiz.attempt.queries.attempt import find_attempt
from tests.factories import make_contest, this_monday
from tests.support.pages import Page
from tests.support.papers import begin, register


@pytest.fixture
def round(session):
    return make_contest(session, questions=3, first_day=this_monday()).rounds[0]


@pytest.fixture
def code(session, keyring, round):
    return register(session, keyring, round)


def keep(client, round, page, **answers):
    form = Page(page).form()
    return client.post(f"/thi/{round.contest.slug}/giu-bai", data=MultiDict([*form.filled(**answers), ("script", "1")]))


def hand_in(client, round, page, **answers):
    return client.post(f"/thi/{round.contest.slug}/nop-bai", data=MultiDict(Page(page).form().filled(**answers)))


@pytest.mark.both_databases
def test_what_one_device_kept_is_filled_in_on_another(client, round, code):
    first = begin(client, round, code)

    assert keep(client, round, first, q1="B", q3="A", guess="48").json == {"saves": 1}

    second = dict(Page(begin(client, round, code)).form().filled())
    assert (second["q1"], second["q3"], second["guess"]) == ("B", "A", "48")
    assert "q2" not in second
    assert second["start"] == dict(Page(first).form().filled())["start"]


def test_the_clock_of_the_second_device_goes_on_from_the_first(session, client, round, code, monkeypatch):
    keep(client, round, begin(client, round, code), q1="A")
    began = session.scalars(select(Attempt)).one().started_at
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(minutes=7))

    again = begin(client, round, code)

    assert f'data-remaining-ms="{3 * 60_000}"' in again


@pytest.mark.both_databases
def test_two_devices_hand_in_one_paper_and_the_second_keeps_its_answers_on_the_page(session, client, round, code):
    first, second = begin(client, round, code), begin(client, round, code)

    replies = [
        hand_in(client, round, page, q1=q, q2="A", q3="A", guess="10") for page, q in ((first, "A"), (second, "B"))
    ]

    assert [reply.status_code for reply in replies] == [201, 403]
    assert "B" in replies[1].text
    assert session.scalar(select(func.count()).select_from(Entry)) == 1
    assert session.scalar(select(func.sum(Tally.turns))) == 1


def test_a_key_kept_by_a_draft_does_not_spend_the_submission(client, round, code):
    page = begin(client, round, code)
    keep(client, round, page, q1="A")

    assert hand_in(client, round, page, q1="A", q2="A", q3="A", guess="10").status_code == 201


def test_the_button_keeps_without_a_script_and_says_until_when(client, round, code):
    page = begin(client, round, code)
    button = f'formaction="/thi/{round.contest.slug}/giu-bai"'

    reply = client.post(f"/thi/{round.contest.slug}/giu-bai", data=MultiDict(Page(page).form().filled(q1="C")))

    assert button in page
    assert "Đã giữ bài, chưa nộp" in reply.text
    assert "Nộp trước" in reply.text


def test_nothing_that_is_kept_is_counted(session, client, round, code):
    keep(client, round, begin(client, round, code), q1="A", q2="A", q3="A", guess="10")

    assert session.scalars(select(Entry)).all() == []
    assert session.scalars(select(Tally)).all() == []


def test_after_the_submission_and_after_the_time_nothing_is_kept(session, client, round, code, monkeypatch):
    page = begin(client, round, code)
    attempt = session.scalars(select(Attempt)).one()
    with pytest.raises(NotRunning):
        save_draft(session, find_attempt(session, attempt.id), {}, now=attempt.deadline_at)
    hand_in(client, round, page, q1="A", q2="A", q3="A", guess="10")

    assert keep(client, round, page, q1="B").status_code == 409
    assert session.scalars(select(AttemptDraft)).all() == []


@pytest.mark.parametrize("ends", ["closes_at", "frozen_at"])
def test_after_the_close_nothing_is_kept_though_the_paper_has_time_left(session, client, round, code, ends):
    begin(client, round, code)
    attempt = session.scalars(select(Attempt)).one()
    moment = attempt.started_at + timedelta(seconds=1)
    setattr(round, ends, moment)
    session.flush()

    with pytest.raises(NotRunning):
        save_draft(session, find_attempt(session, attempt.id), {}, now=moment)


def test_another_persons_start_or_none_keeps_nothing(client, round, code):
    page = begin(client, round, code)
    form = dict(Page(page).form().filled(q1="A"))

    for start in ("", "x", form["start"][:-2] + "xx"):
        assert client.post(f"/thi/{round.contest.slug}/giu-bai", data=form | {"start": start}).status_code == 403
    assert client.post("/thi/khac/giu-bai", data=form).status_code == 403
    assert client.post(f"/thi/{round.contest.slug}/giu-bai", data=form | {"form_token": "x"}).status_code == 403


def test_a_script_that_saves_without_end_comes_to_one(session, client, round, code):
    keep(client, round, begin(client, round, code), q1="A")
    attempt = find_attempt(session, session.scalars(select(Attempt.id)).one())
    session.get_one(AttemptDraft, attempt.id).saves = MOST_SAVES

    with pytest.raises(TooManySaves):
        save_draft(session, attempt, {"q1": ["B"]}, now=attempt.started_at)

    assert session.get_one(AttemptDraft, attempt.id).answers == '{"q1":["A"]}'


def test_what_was_kept_is_deleted_the_day_after(session, client, round, code):
    keep(client, round, begin(client, round, code), q1="A")
    day = session.scalars(select(Attempt)).one().deadline_at.date()

    assert purge_drafts(session, day) == 0
    assert purge_drafts(session, day + timedelta(days=2)) == 1


@pytest.mark.parametrize("door", ["nop-bai", "giu-bai"])
def test_the_address_of_a_sent_paper_leads_to_the_look_up_that_says_how_to_check_it(client, round, door):
    reply = client.get(f"/thi/{round.contest.slug}/{door}")

    page = Page(client.get(reply.location).text)

    assert reply.status_code == 303
    assert "Muốn biết bài đã được nhận chưa, xin gõ mã cá nhân" in page.text
