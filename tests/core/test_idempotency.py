"""A form sent twice counts once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from core.crypto import new_key
from core.idempotency import OtherBody, StoredReply, find_reply, purge_replies, run_once

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 6, 1)


def send(session, key, body, acts, reply="R1"):
    return run_once(session, key, body, today=TODAY, reply=reply, act=lambda: acts.append(body))


def test_the_same_answers_are_acted_on_once_and_replied_to_alike(session):
    key, acts = new_key(), []

    first = send(session, key, {"level": 5}, acts)
    second = send(session, key, {"level": 5}, acts, reply="R2")

    assert (first.text, first.is_replay) == ("R1", False)
    assert (second.text, second.is_replay) == ("R1", True)
    assert len(acts) == 1


def test_other_answers_under_the_same_key_are_refused(session):
    key, acts = new_key(), []
    send(session, key, {"level": 5}, acts)

    with pytest.raises(OtherBody):
        send(session, key, {"level": 1}, acts)
    assert len(acts) == 1


def test_a_failed_act_leaves_its_key_free(session):
    def fail():
        raise RuntimeError

    key = new_key()
    with pytest.raises(RuntimeError):
        run_once(session, key, {}, today=TODAY, reply="R1", act=fail)
    session.rollback()

    assert run_once(session, key, {}, today=TODAY, reply="R2", act=lambda: None).text == "R2"


def test_a_copy_of_the_table_reveals_no_key_reply_or_time_of_day(session):
    key = new_key()
    send(session, key, {"level": 5}, [], reply="7K3M9QXD2F4A8BCE")

    row = session.scalar(select(StoredReply))

    stored = bytes(row.key_hash) + bytes(row.body_mac) + bytes(row.sealed)
    assert key.encode() not in stored
    assert b"7K3M9QXD2F4A8BCE" not in stored
    assert type(row.expires_on) is date


def test_the_reply_of_one_key_is_not_shown_to_another(session):
    send(session, new_key(), {"level": 5}, [])

    assert find_reply(session, new_key(), {"level": 5}) is None


def test_expired_replies_are_purged_and_no_others(session):
    send(session, new_key(), {}, [])

    early = purge_replies(session, TODAY + timedelta(days=1))
    late = purge_replies(session, TODAY + timedelta(days=2))

    assert (early, late) == (0, 1)
    assert session.scalar(select(func.count()).select_from(StoredReply)) == 0
