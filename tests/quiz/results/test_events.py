"""Webhooks announce committed events without personal data; a repetition has the same id."""

import hashlib
import hmac
import json
import re
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from account.operations.audit import SYSTEM
from core import clock
from core.duties import run_duties
from core.messages.delivery import deliver_next
from core.messages.http import secret_of
from core.messages.models import Message
from core.messages.outbox import record_event
from privacy.operations.requests import Asker, answer, receive_request
from privacy.queries.events import falling_due
from privacy.rules.deadlines import Kind
from quiz.results.operations import closing, exclusion
from quiz.results.queries import events
from quiz.results.rules.corrections import ExclusionReason
from tests.factories import make_attempt, make_contest, make_participant
from tests.quiz.persons.test_consent import publish
from tests.support.pages import Page
from tests.support.posts import post_server

CODE = "7K3M9QXD2F4A8BCE"
MANUAL = Path(__file__).resolve().parents[3] / "docs" / "operating.md"


@pytest.fixture
def receiver(app):
    with post_server() as server:
        app.extensions["settings"] = replace(app.extensions["settings"], webhook_urls=(server.url,))
        yield server


@pytest.fixture
def week(session, keyring):
    round = make_contest(session).rounds[0]
    who = make_participant(session, keyring, round.contest, name="Vàng Seo Páo", phone="0977123456", code=CODE)
    make_attempt(session, keyring, round, participant=who)
    session.commit()
    return round


def deliver(app, session, keyring, moment):
    while deliver_next(session, keyring, app.extensions["settings"], lambda: moment):
        pass


def sent_to(server):
    return [json.loads(body) for _path, _headers, body in server.came]


def ask(session, keyring, round, now):
    asker = Asker("Vàng Seo Páo", "0977123456", "Xin xóa")
    unit_id = round.contest.unit_id
    return receive_request(
        session, keyring, asker, unit_id=unit_id, kind=Kind.DELETE, channel="phone", holidays=(), actor=SYSTEM, now=now
    )


def test_a_publication_is_announced_at_its_hour_and_a_correction_at_once(app, session, keyring, week, receiver):
    make_attempt(session, keyring, week, seconds=300)
    publish(session, week)
    record_event(session, events.published(session, week), now=week.closes_at)
    session.commit()
    deliver(app, session, keyring, week.results_at - timedelta(seconds=1))
    early = sent_to(receiver)
    now = week.results_at + timedelta(days=1)
    first = week.contest.rounds[0]
    who = closing.find_result(session, first) and closing.list_winners(session, closing.find_result(session, first))[0]
    seen = exclusion.preview_exclusion(session, week, who.participant_id, ExclusionReason.FALSE).digest
    exclusion.exclude_entry(
        session, SYSTEM, week, who.participant_id, ExclusionReason.FALSE, reason="Có đơn phản ánh", seen=seen, now=now
    )
    session.commit()

    deliver(app, session, keyring, max(now, clock.now()))

    assert early == []
    assert [(each["event"], each["facts"]["version"]) for each in sent_to(receiver)] == [
        ("round.published", 1), ("round.corrected", 2),
    ]  # fmt: skip


def test_before_the_publication_no_correction_is_anybodys_business(session, week):
    result = closing.rank_round(session, week, now=week.closes_at + timedelta(hours=1))

    assert events.corrected(session, week, result, week.results_at) is None


def test_a_request_by_code_is_announced_without_personal_data(app, client, session, keyring, week, receiver):
    form = Page(client.get("/thi/quyen-cua-toi").text).form()
    client.post("/thi/quyen-cua-toi", data=dict(form.filled(code=CODE, act="ask", kind="view", details="Tôi là Páo")))

    deliver(app, session, keyring, clock.now() + timedelta(minutes=1))

    [(_path, _headers, body)] = receiver.came
    assert json.loads(body)["event"] == "request.received"
    assert set(json.loads(body)["facts"]) == {"request", "kind", "unit", "acknowledge_by", "answer_by"}
    assert not any(word in body.decode() for word in ("Páo", "977123456", CODE))


def test_a_rolled_back_event_is_not_announced(app, session, keyring, week, receiver):
    ask(session, keyring, week, clock.now())
    session.rollback()

    deliver(app, session, keyring, clock.now() + timedelta(minutes=1))

    assert receiver.came == []


@pytest.mark.both_databases
def test_a_waiting_request_is_announced_once_two_days_before_its_last_day(session, keyring, week, receiver):
    request = ask(session, keyring, week, clock.now())
    ahead = timedelta(days=2)
    received = session.scalar(select(func.count()).select_from(Message))

    early = falling_due(session, request.answer_by - ahead - timedelta(days=1))
    for days in (2, 1, 0):
        list(run_duties("daily", session, request.answer_by - timedelta(days=days)))
    told_of = session.scalar(select(func.count()).select_from(Message))
    answer(session, request, actor=SYSTEM, now=clock.now())

    assert (early, told_of - received) == ([], 1)
    assert falling_due(session, request.answer_by) == []


def test_one_that_comes_again_has_the_same_id_and_passes_the_check_of_the_manual(app, session, keyring, week, receiver):
    ask(session, keyring, week, clock.now())
    session.commit()
    receiver.status = 500
    deliver(app, session, keyring, clock.now())
    receiver.status = 200
    deliver(app, session, keyring, clock.now() + timedelta(minutes=2))

    given = {"hashlib": hashlib, "hmac": hmac, "time": time}
    exec(re.search(r"```python\n(.*?)```", MANUAL.read_text(), re.S)[1], given)
    secret = secret_of(keyring, receiver.url)
    ids = {headers["X-Lang-Nghe-Id"] for _path, headers, _body in receiver.came}
    checks = [given["is_ours"](secret, headers["X-Lang-Nghe-Signature"], body) for _, headers, body in receiver.came]
    assert (len(receiver.came), len(ids), checks) == (2, 1, [True, True])
    assert not given["is_ours"](secret, receiver.came[0][1]["X-Lang-Nghe-Signature"], receiver.came[0][2] + b" ")


def test_without_receivers_nothing_is_written(session, keyring, week):
    ask(session, keyring, week, clock.now())

    assert session.scalar(select(func.count()).select_from(Message)) == 0
