"""Migration 0027 with data: consents and requests go back to participants' own tables and come again unchanged."""

import uuid

import pytest
from sqlalchemy import select, text

from account.operations.audit import SYSTEM
from core import schema
from core.web.extensions import db
from privacy.models import Consent, PersonRequest, RequestStep, RequestSubject
from privacy.operations import answers
from privacy.operations.consent import agree_again, withdraw_consent
from privacy.operations.requests import acknowledge
from privacy.rules.deadlines import Kind
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.persons.operations.holder import HOLDER
from tests.factories import MONDAY
from tests.support.persons import NOW, make_request, round, who

__all__ = ["round", "who"]
pytestmark = pytest.mark.both_databases
MODELS = (Consent, PersonRequest, RequestStep, RequestSubject)


@pytest.fixture
def asked(session, keyring, who):
    """A restriction that was answered and a copy that waits, of somebody who withdrew a consent and gave it again."""
    answers.restrict(session, make_request(session, keyring, who, kind=Kind.RESTRICT), actor=SYSTEM, now=NOW)
    acknowledge(session, make_request(session, keyring, who, kind=Kind.COPY), actor=SYSTEM, now=NOW)
    withdraw_consent(session, PARTICIPANT, [who.id], [Purpose.NAMED], now=MONDAY)
    agree_again(session, HOLDER, [who.id], [Purpose.NAMED], now=NOW)
    session.commit()
    return who.id


def rows(session):
    """Every row of the four tables, as plain values."""
    found = {}
    for model in MODELS:
        table = model.__table__
        found[table.name] = sorted(map(repr, session.execute(select(*table.columns))))
    session.close()
    return found


def test_everything_is_the_same_after_going_down_and_up_again(session, asked):
    before = rows(session)

    schema.downgrade(db.engine, "0025")
    schema.upgrade(db.engine)

    assert schema.differences(db.engine) == []
    assert [len(some) for some in before.values()] == [3, 2, 7, 2]
    assert rows(session) == before


def test_the_old_tables_name_the_participant(session, asked):
    session.close()

    schema.downgrade(db.engine, "0025")

    joined = "quiz_participant p JOIN quiz_request_subject s ON s.participant_id = p.id"
    counts = {
        "consents": "SELECT count(*) FROM quiz_consent c JOIN quiz_participant p ON p.id = c.participant_id",
        "subjects": f"SELECT count(*) FROM {joined} JOIN quiz_person_request r ON r.id = s.request_id",
        "steps": "SELECT count(*) FROM quiz_request_step",
    }
    found = {name: session.scalar(text(query)) for name, query in counts.items()}
    session.close()
    assert found == {"consents": 3, "subjects": 2, "steps": 7}
    schema.upgrade(db.engine)


def test_what_another_room_holds_has_no_place_in_the_old_tables(session, asked):
    unit_id = session.scalar(select(RequestSubject.unit_id))
    request_id = session.scalar(select(PersonRequest.id))
    other = {"holder": "letter", "subject_id": uuid.uuid4()}
    session.add(Consent(**other, purpose="printed", wording="1", given_at=MONDAY))
    session.add(RequestSubject(request_id=request_id, **other, unit_id=unit_id))
    session.commit()
    session.close()

    schema.downgrade(db.engine, "0025")
    schema.upgrade(db.engine)

    assert set(session.scalars(select(Consent.holder))) == {PARTICIPANT}
    assert set(session.scalars(select(RequestSubject.subject_id))) == {asked}


def test_new_steps_get_new_numbers_after_the_migration(session, keyring, asked):
    session.close()

    schema.downgrade(db.engine, "0025")
    schema.upgrade(db.engine)

    request = session.scalars(select(PersonRequest).where(PersonRequest.answered_at.is_(None))).one()
    assert answers.withdraw(session, request, actor=SYSTEM, now=NOW)
    assert len(set(session.scalars(select(RequestStep.id)))) == 9
