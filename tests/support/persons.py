"""Fixtures and factories of persons' requests, shared by the tests of several rooms."""

from datetime import date, timedelta

import pytest

from account.operations.audit import SYSTEM
from app import ROOMS
from core.web.rooms import collect
from core.workdays import holidays_around
from privacy.operations import requests as operations
from privacy.operations.requests import Asker
from privacy.queries.held import held_about
from privacy.rules.deadlines import Kind
from quiz.persons.queries.participants import subject_of
from tests.factories import MONDAY, make_account, make_attempt, make_contest, make_participant
from tests.support.staff import enter

CODE = "7K3M9QXD2F4A8BCE"
OTHER = "2F4A8BCE7K3M9QXD"
NOW = MONDAY + timedelta(days=20)


@pytest.fixture
def round(session):
    return make_contest(session).rounds[0]


@pytest.fixture
def who(session, keyring, round):
    person = make_participant(session, keyring, round.contest, name="Vàng Seo Páo", phone="0977123456", code=CODE)
    make_attempt(session, keyring, round, participant=person)
    session.commit()
    return person


@pytest.fixture
def desk(client, session, round):
    """The client, signed in as the organiser of the contest."""
    account = make_account(session, unit=round.contest.unit)
    session.commit()
    return enter(client, account)


def make_request(session, keyring, participant, *, kind=Kind.DELETE, name="Vàng Seo Páo"):
    asker = Asker(name, "0977123456", "Xin xóa giúp tôi")
    request = operations.receive_request(
        session,
        keyring,
        asker,
        unit_id=participant.contest.unit_id,
        kind=kind,
        channel="phone",
        holidays=holidays_around(date(2026, 6, 1)),
        actor=SYSTEM,
        now=NOW,
    )
    operations.identify(session, keyring, request, [subject_of(participant)], asker, actor=SYSTEM, now=NOW)
    return request


def held_of(session, keyring, who):
    held = held_about(session, keyring, [subject_of(who)], collect(ROOMS).audit_actions)
    return {section.table: section.lines for section in held}
