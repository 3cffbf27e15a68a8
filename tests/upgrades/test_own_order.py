"""Migration 0032 with data: a round from before keeps its fixed order, and an earlier program reads the rules again."""

import json

import pytest
from sqlalchemy import select, text

from core import schema
from core.web.extensions import db
from quiz.contest.models import Contest, Round
from tests.factories import make_attempt, make_contest

pytestmark = pytest.mark.both_databases


def stored_rules(table):
    with db.engine.connect() as connection:
        rows = connection.execute(text(f"SELECT rules FROM {table}")).scalars()
        return [json.loads(row) if isinstance(row, str) else row for row in rows]


def test_down_an_earlier_program_reads_the_rules_and_up_the_order_is_fixed(session, keyring):
    contest = make_contest(session, shuffles=True, shown=2)
    make_attempt(session, keyring, contest.rounds[0])
    session.commit()
    session.close()

    schema.downgrade(db.engine, "0031")
    earlier = [*stored_rules("quiz_contest"), *stored_rules("quiz_round")]
    schema.upgrade(db.engine)

    assert {each["version"] for each in earlier} == {1}
    assert not any({"shuffles", "shown"} & set(each) for each in earlier)
    rounds = list(session.scalars(select(Round)))
    assert {(each.declared.shuffles, each.declared.shown) for each in rounds} == {(False, None)}
    assert len({each.order_salt for each in rounds}) == len(rounds) == 2
    assert session.scalars(select(Contest)).one().rules["preset"] == "lam-binh"
    assert {(each.topic, each.keeps_choices) for round in rounds for each in round.questions} == {("", False)}
