"""Migration 0034: calls of a round, the people of closed rounds, and relations of accounts, from earlier rows."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from core import schema
from core.web.extensions import db
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import UnitPeople
from quiz.results.operations.closing import rank_round
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_attempt, make_contest, make_participant
from tests.support.calls import confirm_winner

pytestmark = pytest.mark.both_databases


def test_calls_and_people_of_earlier_rounds_are_found(session, keyring):
    contest = make_contest(session, tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 1)))
    week, open_week = contest.rounds[:2]
    called, known = (make_participant(session, keyring, contest) for _ in range(2))
    known.verified_at = week.opens_at
    for who, seconds in ((called, 100), (known, 200)):
        make_attempt(session, keyring, week, participant=who, seconds=seconds, guess=2)
    make_attempt(session, keyring, open_week)
    rank_round(session, week, now=week.closes_at + SETTLING)
    at = week.closes_at + timedelta(hours=1)
    confirm_winner(session, week, called.id, now=at)
    session.commit()
    called_id, week_id = called.id, week.id
    session.close()

    schema.downgrade(db.engine, "0032")
    schema.upgrade(db.engine)

    week = session.get_one(type(week), week_id)
    calls = {each.participant_id: each.called_at for each in list_winners(session, find_result(session, week))}
    assert {who == called_id: moment for who, moment in calls.items()} == {True: at, False: None}
    assert list(session.scalars(select(UnitPeople.people))) == [2]
    assert session.execute(text("SELECT count(*) FROM quiz_result WHERE limits_sheets")).scalar() == 0
