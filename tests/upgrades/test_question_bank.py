"""Migration 0021 with data: questions, keys, answers and commitments down to the old tables and up again."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from account.operations.audit import SYSTEM
from core import schema
from core.web.extensions import db
from quiz.attempt.models import Attempt
from quiz.attempt.rules import commitment
from quiz.bank.models import Question, QuestionRevision
from quiz.contest.models import Round
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import KeyVersion
from quiz.results.operations import closing, remark
from tests.factories import make_attempt, make_contest

pytestmark = pytest.mark.both_databases


@pytest.fixture
def published(session, keyring):
    """Build a published round whose third question was re-marked, in a contest whose second round has other ids."""
    contest = make_contest(session)
    week = contest.rounds[1]
    for correct in (3, 2, 0):
        make_attempt(session, keyring, week, correct=correct, guess=correct, receipt=f"RECEIPT{correct}")
    now = week.closes_at + SETTLING
    closing.rank_round(session, week, now=now)
    seen = remark.preview_remark(session, week, 3, "AB").preview.digest
    remark.remark_round(session, SYSTEM, week, 3, "AB", reason="Có đơn phản ánh", seen=seen, now=now)
    week.published_at = now
    session.commit()
    return f"/thi/{contest.slug}/tuan/2"


def test_a_published_week_reads_the_same_after_going_down_and_up_again(session, client, published):
    before = client.get(published).text
    session.close()

    schema.downgrade(db.engine, "0019")
    schema.upgrade(db.engine)

    assert schema.differences(db.engine) == []
    assert "đáp án đúng là A, B" in before
    assert client.get(published).text == before


@pytest.mark.usefixtures("published")
def test_the_old_tables_hold_answers_by_position_and_their_commitments(session):
    session.close()

    schema.downgrade(db.engine, "0019")

    joined = "quiz_answer_sheet JOIN quiz_attempt ON id = attempt_id"
    rows = session.execute(text(f"SELECT answers, salt, guess, answers_commitment FROM {joined}")).all()
    keys = session.execute(text("SELECT letter FROM quiz_choice WHERE question_id = 6 AND is_right ORDER BY letter"))
    assert sorted(row.answers for row in rows)[0] == '{"1":["A"],"2":["A"],"3":["A"]}'
    assert keys.scalars().all() == ["A", "B"]
    for row in rows:
        assert row.answers_commitment == commitment.of_answers(row.salt, json.loads(row.answers), row.guess, format=1)
    session.close()
    schema.upgrade(db.engine)


@pytest.mark.usefixtures("published")
def test_answers_from_before_the_bank_verify_by_position(session):
    session.close()

    schema.downgrade(db.engine, "0019")
    schema.upgrade(db.engine)

    positions = {question.ref: question.position for question in session.scalars(select(Round)).all()[1].questions}
    attempts = session.scalars(select(Attempt)).all()
    assert len(attempts) == 3
    for attempt in attempts:
        sheet, answers = attempt.sheet, commitment.read_answers(attempt.sheet.answers)
        assert (sheet.format, answers.keys()) == (1, positions.keys())
        positioned = {str(positions[question]): letters for question, letters in answers.items()}
        assert attempt.answers_commitment == commitment.of_answers(sheet.salt, positioned, sheet.guess, format=1)
        assert attempt.answers_commitment != commitment.of_answers(sheet.salt, answers, sheet.guess)


@pytest.mark.usefixtures("published")
def test_a_revision_keeps_the_key_that_was_asked_and_the_round_that_of_today(session):
    session.close()

    schema.downgrade(db.engine, "0019")
    schema.upgrade(db.engine)

    question = session.scalars(select(Round)).all()[1].questions[2]
    keys = session.scalars(select(KeyVersion.letters).order_by(KeyVersion.version)).all()
    assert (question.revision.key, question.key, keys) == ({"A"}, {"A", "B"}, ["A", "AB"])
    assert question.revision.state == "used"
    assert session.get_one(Question, question.revision.question_id).contest_id is not None


def test_new_questions_get_new_numbers_after_the_migration(session, keyring):
    make_attempt(session, keyring, make_contest(session).rounds[0])
    session.commit()
    session.close()

    schema.downgrade(db.engine, "0019")
    schema.upgrade(db.engine)

    attempt = make_attempt(session, keyring, make_contest(session, weeks=1).rounds[0])
    assert attempt.submitted_at - attempt.started_at == timedelta(seconds=120)
    assert len(set(session.scalars(select(QuestionRevision.id)))) == 9
