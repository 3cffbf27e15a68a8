"""The question bank of a contest: its pages, and what becomes of questions that rounds ask."""

from datetime import date

import pytest
from sqlalchemy import select

from account.operations.audit import Actor
from quiz.bank.models import Question, QuestionRevision
from quiz.contest.operations.bank import add_questions, ask_questions, revise_question
from quiz.contest.operations.contest import set_questions
from quiz.contest.operations.questions import QuestionText
from quiz.contest.queries.bank import find_bank_question, list_bank
from tests.factories import MONDAY, make_account, make_contest
from tests.support.pages import Page
from tests.support.staff import enter, send

NOW = MONDAY
TEXT = QuestionText("Ai ký?", (("A", "Chủ tịch", True), ("B", "Thôn", False)), source="Điều 5", topic="Một cửa")
OTHER = QuestionText("Ai ký giấy?", TEXT.choices, source="Điều 6", topic="Một cửa")


@pytest.fixture
def contest(session):
    return make_contest(session, questions=0, weeks=2, first_day=date(2100, 1, 4))


@pytest.fixture
def who(session, contest):
    return make_account(session, unit=contest.unit)


@pytest.fixture
def actor(who):
    return Actor("account", who.id)


@pytest.fixture
def asked(session, keyring, contest, actor):
    """A question of the bank that the first week asks."""
    add_questions(session, actor, contest, [TEXT], is_shared=False, now=NOW)
    ask_questions(session, keyring, actor, contest.rounds[0], list_bank(session, contest), now=NOW)
    (each,) = list_bank(session, contest)
    return each


def revise(session, actor, contest, each, text=OTHER):
    revise_question(session, actor, contest, each, text, is_shared=False, now=NOW)
    return find_bank_question(session, contest, each.question.id)


def test_a_question_of_the_bank_is_used_while_a_round_asks_it(session, contest, asked):
    assert (asked.state, [round.number for round in asked.asked]) == ("used", [1])

    set_questions(session, contest.rounds[0], [], now=NOW)

    (each,) = list_bank(session, contest)
    assert (each.state, each.asked) == ("reviewed", ())


def test_a_round_that_has_not_opened_asks_the_new_wording(session, contest, actor, asked):
    revised = revise(session, actor, contest, asked)

    assert [each.text for each in contest.rounds[0].questions] == ["Ai ký giấy?"]
    assert (revised.revision.number, revised.state) == (2, "used")


def test_a_round_that_has_opened_keeps_its_wording(session, keyring, actor, contest, asked):
    contest.rounds[0].opens_at = NOW
    session.flush()

    revised = revise(session, actor, contest, asked)

    assert [each.text for each in contest.rounds[0].questions] == ["Ai ký?"]
    assert (revised.revision.number, revised.state) == (2, "draft")


def test_a_draft_is_reworded_in_place(session, contest, actor):
    add_questions(session, actor, contest, [TEXT], is_shared=False, now=NOW)
    (each,) = list_bank(session, contest)

    revised = revise(session, actor, contest, each)

    assert (revised.revision.number, revised.revision.text, len(revised.revision.choices)) == (1, "Ai ký giấy?", 2)


def test_the_same_question_is_not_added_twice(session, contest, actor):
    for _ in range(2):
        add_questions(session, actor, contest, [TEXT, TEXT, OTHER], is_shared=False, now=NOW)

    assert len(list_bank(session, contest)) == 2


def test_a_shared_question_is_in_the_bank_of_every_contest_of_the_unit(session, contest, actor):
    other = make_contest(session, unit=contest.unit, questions=0)
    add_questions(session, actor, contest, [TEXT], is_shared=True, now=NOW)
    add_questions(session, actor, contest, [OTHER], is_shared=False, now=NOW)

    assert [each.revision.text for each in list_bank(session, other)] == ["Ai ký?"]


@pytest.fixture
def page(session, client, contest, who):
    session.commit()
    enter(client, who)
    return f"/quan-tri/cuoc-thi/{contest.slug}/cau-hoi"


def test_a_question_is_typed_reviewed_and_asked(session, client, contest, page):
    made = send(client, f"{page}/them", text="Ai ký?", choice_a="Chủ tịch", choice_b="Thôn", right="A", difficulty="")
    send(client, made.location, to=f"{made.location}/ra-soat")
    id = session.scalar(select(Question.id))

    send(client, page, chosen=[id], round="2", ask="1")

    assert [each.text for each in contest.rounds[1].questions] == ["Ai ký?"]
    assert session.scalar(select(QuestionRevision.state)) == "used"


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ({"choice_a": "Một", "choice_b": "Hai"}, "Chưa có đáp án"),
        ({"choice_a": "Một", "right": "A"}, "ít nhất hai phương án"),
        ({"choice_a": "Một", "choice_b": "Hai", "right": "D"}, "Phương án D đúng mà để trống"),
        ({"choice_a": "Một", "choice_c": "Ba", "right": "A"}, "Phương án B không có nội dung"),
    ],
)
def test_a_typed_mistake_is_named_and_nothing_typed_is_lost(session, client, page, typed, mistake):
    refused = send(client, f"{page}/them", text="Câu đã gõ?", difficulty="", **typed)

    assert refused.status_code == 422
    assert mistake in refused.text and "Câu đã gõ?" in refused.text
    assert session.scalar(select(Question.id)) is None


def test_an_empty_question_names_its_text_its_choices_and_its_key_at_once(client, page):
    refused = Page(send(client, f"{page}/them", text="", difficulty="").text).text

    assert "Xin ghi câu hỏi." in refused
    assert "Cần ít nhất hai phương án" in refused
    assert "Xin đánh dấu phương án đúng." in refused


def test_a_search_needs_no_diacritics(session, client, contest, actor, page):
    add_questions(session, actor, contest, [TEXT, OTHER], is_shared=False, now=NOW)
    session.commit()

    found = client.get(f"{page}?tim=ky+giay").text

    assert "Ai ký giấy?" in found and "1 câu hỏi" in found


def test_a_question_that_a_round_asks_is_not_deleted(session, client, contest, asked, page):
    address = f"{page}/{asked.question.id}"

    send(client, address, to=f"{address}/xoa")

    assert session.scalar(select(Question.id)) == asked.question.id


def test_a_question_of_another_contest_is_not_found(session, client, page):
    other = make_contest(session, questions=1)
    session.commit()

    assert client.get(f"{page}/{other.rounds[0].questions[0].revision.question_id}").status_code == 404
