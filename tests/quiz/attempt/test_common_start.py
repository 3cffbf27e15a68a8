"""A common start: papers open for all at the opening, late ones have the time left, the clock is the server's."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import clock
from core.crypto import new_code
from quiz.attempt.operations.attempt import start_attempt
from quiz.attempt.operations.beginning import StartMissed
from quiz.attempt.rules.common_start import may_wait
from quiz.contest.labels import rule_sentences
from quiz.contest.rules.presets import PRESETS, Rules
from tests.factories import MONDAY, make_attempt, make_contest, make_participant
from tests.support.pages import Page

MINUTE = timedelta(minutes=1)
TOGETHER = "Mọi người bắt đầu cùng lúc, đúng giờ mở đề"


@pytest.fixture
def round(session):
    """Create a round of ten minutes that starts for everybody at once."""
    return make_contest(session, weeks=1, starts_together=True).rounds[0]


def test_early_and_late_papers_have_one_beginning_and_one_end(session, keyring, round):
    people = [make_participant(session, keyring, round.contest) for _ in range(2)]

    early, late = (
        start_attempt(session, round, who, now=round.opens_at + at)
        for who, at in zip(people, (timedelta(0), 7 * MINUTE), strict=True)
    )

    assert (early.started_at, early.deadline_at) == (late.started_at, late.deadline_at)
    assert late.deadline_at == round.opens_at + 10 * MINUTE + timedelta(seconds=round.grace_seconds)


def test_a_late_paper_counts_its_time_from_the_common_start(session, keyring, round):
    who = make_participant(session, keyring, round.contest)
    attempt = make_attempt(session, keyring, round, participant=who, started_at=round.opens_at + 7 * MINUTE, seconds=60)

    assert attempt.duration_ms == 8 * 60_000


def test_no_paper_is_opened_once_the_time_of_all_is_over(session, keyring, round):
    who = make_participant(session, keyring, round.contest)

    with pytest.raises(StartMissed):
        start_attempt(session, round, who, now=round.opens_at + 10 * MINUTE)


def test_people_wait_from_two_hours_before_the_start():
    waits = [may_wait(MONDAY, MONDAY - before) for before in (121 * MINUTE, 120 * MINUTE, MINUTE, timedelta(0))]

    assert waits == [False, True, True, False]


def test_the_rules_say_so_and_allow_one_try_alone():
    rules = replace(PRESETS["duration"], starts_together=True)

    assert any(sentence.startswith(TOGETHER) for sentence in rule_sentences(rules.to_dict()))
    assert Rules.from_dict(rules.to_dict()) == rules
    with pytest.raises(ValueError, match="together"):
        replace(PRESETS["vcnet"], starts_together=True)


def test_rules_from_before_start_each_paper_by_itself():
    stored = PRESETS["duration"].to_dict() | {"version": 5}
    del stored["starts_together"]

    assert Rules.from_dict(stored).starts_together is False


def enter(client, contest, code):
    address = f"/thi/{contest.slug}/vao-thi"
    return client.post(address, data=dict(Page(client.get(address).text).form().filled(code=code)))


def at(monkeypatch, moment):
    monkeypatch.setattr("core.clock.now", lambda: moment)


def test_a_code_is_typed_before_and_the_paper_opens_at_the_start(session, keyring, client, round, monkeypatch):
    code = new_code()
    make_participant(session, keyring, round.contest, code=code)
    session.commit()

    at(monkeypatch, round.opens_at - 5 * MINUTE)
    waiting = enter(client, round.contest, code)
    again = client.post(f"/thi/{round.contest.slug}/vao-thi", data=dict(Page(waiting.text).form().filled()))
    at(monkeypatch, round.opens_at)
    paper = client.post(f"/thi/{round.contest.slug}/vao-thi", data=dict(Page(again.text).form().filled()))

    assert "Lúc mở trang này còn 5 phút 0 giây" in Page(waiting.text).text
    assert [("Câu hỏi số" in each.text, each.status_code) for each in (waiting, again, paper)] == [
        (False, 200),
        (False, 200),
        (True, 200),
    ]


def test_the_contest_page_leads_to_the_waiting_room_while_it_is_open(session, client, round, monkeypatch):
    session.commit()
    address = f"/thi/{round.contest.slug}"

    at(monkeypatch, round.opens_at - 121 * MINUTE)
    early = Page(client.get(address).text)
    at(monkeypatch, round.opens_at - 36 * MINUTE)
    page = Page(client.get(address).text)

    assert [f"{address}/vao-thi" in each.links for each in (early, page)] == [False, True]
    assert "36 phút nữa thì" in page.text


def test_a_wrong_code_does_not_wait_and_a_late_one_reads_why(session, keyring, client, round, monkeypatch):
    code = new_code()
    make_participant(session, keyring, round.contest, code=code)
    session.commit()
    at(monkeypatch, round.opens_at - MINUTE)
    wrong = enter(client, round.contest, new_code())
    at(monkeypatch, round.opens_at + 11 * MINUTE)
    late = enter(client, round.contest, code)

    assert (wrong.status_code, late.status_code) == (404, 409)
    assert "Mọi người đã bắt đầu cùng lúc và hết giờ làm bài" in late.text


def test_other_rounds_have_no_waiting_room(session, keyring, client, monkeypatch):
    contest, code = make_contest(session, weeks=1), new_code()
    make_participant(session, keyring, contest, code=code)
    session.commit()
    at(monkeypatch, contest.rounds[0].opens_at - MINUTE)

    page = client.get(f"/thi/{contest.slug}/vao-thi").text

    assert "Hẹn gặp bạn ở tuần 1" in page
    assert "Vào phòng chờ" not in page
    assert clock.now() < contest.rounds[0].opens_at
