"""Operations record events and post letters with the session alone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from core.crypto import unseal
from core.messages.events import Event
from core.messages.letters import PageLink
from core.messages.models import Message
from core.messages.outbox import post_letter, record_event

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
EVENT = Event("round.published", "3:1", {"tuan": 3})
RECEIVERS = ("https://a.example/nhan", "https://b.example/nhan")


@pytest.fixture
def has_receivers(app):
    set_settings(app, webhook_urls=RECEIVERS)


def set_settings(app, **values):
    app.extensions["settings"] = replace(app.extensions["settings"], **values)


def stored(session, keyring):
    messages = session.scalars(select(Message))
    return sorted(unseal(keyring.key("message"), each.sealed, about=each.id.bytes) for each in messages)


def test_an_event_is_stored_once_for_each_receiver_however_often_it_is_recorded(session, keyring, has_receivers):
    for _ in range(2):
        record_event(session, EVENT, now=NOW)

    first, second = stored(session, keyring)
    assert '"https://a.example/nhan"' in first
    assert '"https://b.example/nhan"' in second
    assert '"facts": {"tuan": 3}' in first


def test_an_event_is_stored_only_if_its_transaction_commits(session, keyring, has_receivers):
    record_event(session, EVENT, now=NOW)

    session.rollback()

    assert stored(session, keyring) == []


@pytest.mark.parametrize("event", [EVENT, None])
def test_without_receivers_nothing_is_stored(session, keyring, event):
    record_event(session, event, now=NOW)

    assert stored(session, keyring) == []


def test_no_event_is_nothing_to_store(session, keyring, has_receivers):
    record_event(session, None, now=NOW)

    assert stored(session, keyring) == []


def test_a_letter_is_rendered_with_the_public_address_of_the_page_it_links_to(app, session, keyring):
    set_settings(app, mail_url="smtp://mail.example")

    post_letter(session, "job_done", to="an@xa.example", now=NOW, title="nhập", said="Đã.", link=PageLink("jobs.jobs"))

    [letter] = stored(session, keyring)
    assert '"subject": "Đã xong: nhập"' in letter
    assert "http://lang-nghe.example/quan-tri/viec" in letter


def test_without_a_mail_server_no_letter_is_stored(session, keyring):
    post_letter(session, "job_done", to="an@xa.example", now=NOW, title="nhập", said="Đã.", link="")

    assert stored(session, keyring) == []


def test_a_session_of_no_application_refuses_an_event_rather_than_lose_it():
    with Session(create_engine("sqlite://")) as session, pytest.raises(RuntimeError, match="has no outbox"):
        record_event(session, EVENT, now=NOW)
