"""Migration 0075 with data: the counts of a contest with blocs are divided as the program counts them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from core import schema
from core.web.extensions import db
from privacy.models.holder import NewFacts
from quiz.attempt.models import Tally
from quiz.attempt.operations.tally import rebuild_tally
from quiz.contest.models import Contest, Round
from quiz.contest.rules.schedule import SETTLING
from quiz.persons.operations.correction import correct_participants
from quiz.results.models import UnitPeople
from quiz.results.operations.closing import rank_round
from quiz.results.operations.people import count_by_unit, keep_people
from tests.factories import make_attempt, make_contest, make_participant, make_unit

pytestmark = pytest.mark.both_databases


def test_up_the_counts_of_blocs_are_those_of_a_recount(session, keyring):
    units = [make_unit(session, name="xã Lâm Bình"), make_unit(session, name="xã Thượng Lâm")]
    contest = make_contest(session, unit=units[0], units=units, blocs=("Cán bộ", "Người dân"), tries=None)
    closed, open_week = contest.rounds
    an, binh, chi = (
        make_participant(session, keyring, contest, name=name, bloc=bloc, unit=units[0])
        for name, bloc in (("An", 1), ("Bình", 2), ("Chi", 2))
    )
    for who, correct, hours in ((an, 3, 1), (binh, 1, 2), (chi, 3, 20), (binh, 3, 40)):
        at = closed.opens_at + timedelta(hours=hours)
        make_attempt(session, keyring, closed, participant=who, correct=correct, started_at=at)
    make_attempt(session, keyring, open_week, participant=chi, correct=2, started_at=open_week.opens_at)
    rank_round(session, closed, now=closed.closes_at + SETTLING)
    facts = NewFacts("Bình", unit_id=units[1].id)
    correct_participants(session, keyring, [binh.id], facts, open_week.opens_at + timedelta(days=1))
    session.commit()
    before = counts(session)
    session.close()

    schema.downgrade(db.engine, "0077")
    with db.engine.connect() as connection:
        summed = connection.execute(text("SELECT sum(turns), sum(people), sum(perfect) FROM quiz_tally")).one()
    schema.upgrade(db.engine)

    keep_people(session, session.scalars(select(Contest.id)).one())  # as the next close does: by units at the close
    assert counts(session) == before
    assert tuple(map(int, summed)) == tuple(map(sum, zip(*before[0].values(), strict=True)))
    assert [rebuild_tally(session, each) for each in session.scalars(select(Round))] == [[], []]


def counts(session):
    """Return the cells of the tally and the different people, both as stored; the second equal to a count."""
    cells = {
        (row.round_id, row.unit_id, row.day, row.bloc): (row.turns, row.people, row.perfect)
        for row in session.scalars(select(Tally))
        if row.turns
    }
    people = {
        (row.unit_id, row.bloc): (row.people, row.before) for row in session.scalars(select(UnitPeople)) if row.people
    }
    contest = session.scalars(select(Contest)).one()
    counted = count_by_unit(session, contest.id)
    assert people == {(row["unit_id"], row["bloc"]): (row["people"], row["before"]) for row in counted}
    return cells, people
