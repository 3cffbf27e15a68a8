"""Questions of the bank: frozen once a round asks them, deleted with the last round that asks them."""

import pytest
from sqlalchemy import func, select

from quiz.bank.models import Choice, FrozenRevision, Question, QuestionRevision
from quiz.contest.models import RoundQuestion
from quiz.contest.operations.contest import set_questions
from tests.factories import MONDAY, make_contest, make_questions, make_unit

TABLES = (Question, QuestionRevision, Choice, RoundQuestion)


def counts(session):
    return tuple(session.scalar(select(func.count()).select_from(table)) for table in TABLES)


@pytest.fixture
def week(session):
    return make_contest(session, weeks=1, questions=3).rounds[0]


def test_the_words_of_a_revision_that_a_round_asks_never_change(session, week):
    week.questions[0].revision.text = "Câu khác?"

    with pytest.raises(FrozenRevision):
        session.flush()


def test_the_key_of_a_revision_that_a_round_asks_never_changes(session, week):
    week.questions[0].choices[1].is_right = True

    with pytest.raises(FrozenRevision):
        session.flush()


def test_a_draft_may_change_until_a_round_asks_it(session):
    question = Question(unit_id=make_unit(session).id, topic="Một cửa", difficulty=2)
    revision = QuestionRevision(question=question, text="Mấy ngày?", choices=[Choice(letter="A", text="Một")])
    session.add(revision)
    session.flush()

    revision.text, revision.choices[0].text, revision.state = "Bao nhiêu ngày?", "Hai", "used"
    session.flush()

    assert session.scalar(select(QuestionRevision.text)) == "Bao nhiêu ngày?"


def test_questions_that_are_replaced_are_deleted_from_the_bank(session, week):
    version = week.paper_version

    set_questions(session, week, make_questions(2), now=MONDAY.replace(year=2025))

    assert counts(session) == (2, 2, 6, 2)
    assert week.paper_version != version


def test_a_question_of_a_units_bank_outlives_the_round_that_asked_it(session, week):
    question = week.questions[0].revision.question
    question.contest_id, question.unit_id = None, week.contest.unit_id

    set_questions(session, week, [], now=MONDAY.replace(year=2025))

    assert counts(session) == (1, 1, 3, 0)
