"""Rows of rosters keep what they hold when they get a random id, and when they lose it again."""

import pytest
from sqlalchemy import select, text

from account.operations.audit import SYSTEM
from core import clock, schema
from core.web.extensions import db
from quiz.contest.models import RosterPerson
from quiz.contest.operations.registration import Identity
from quiz.contest.operations.roster_import import import_roster, listed
from tests.factories import make_contest

pytestmark = pytest.mark.both_databases
BEFORE = "0035"


def rows(session):
    found = session.execute(text("SELECT identity_hash, bloc, imported_at FROM quiz_roster_person ORDER BY bloc"))
    return [tuple(row) for row in found]


def test_rows_of_a_roster_go_down_and_up_unchanged(session, keyring):
    contest = make_contest(session)
    names = ("Páo", "Chi")
    people = [listed(keyring, contest.id, Identity(name, None, 1985), contest.unit_id, name) for name in names]
    import_roster(session, SYSTEM, contest, people, False, {}, now=clock.now())
    session.commit()
    old, ids = rows(session), set(session.scalars(select(RosterPerson.id)))
    session.close()

    schema.downgrade(db.engine, BEFORE)
    between = rows(session)
    session.close()
    schema.upgrade(db.engine)

    new = set(session.scalars(select(RosterPerson.id)))
    assert old == between == rows(session)
    assert len(new) == len(ids) == 2
    assert not new & ids
