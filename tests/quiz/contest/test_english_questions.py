"""Questions of a round in English: pasted beside the Vietnamese, frozen with it, on papers in English."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from core import clock
from core.content import Translation
from quiz.attempt.operations import lifecycle
from quiz.bank.rules.english import read_english
from quiz.bank.rules.text_form import read_text
from quiz.contest.models import Contest
from tests.factories import make_contest, make_unit, this_monday
from tests.support.papers import begin, register
from tests.support.staff import desk_in, send

STAFF = "/quan-tri/cuoc-thi"
ASKED = """Câu 1. Một cửa là gì?
*A. Nơi nộp hồ sơ
B. Nơi nộp thuế
Căn cứ: Nghị định 61

Câu 2. Mấy ngày?
A. 3
*B. 5"""
ENGLISH = """Question 1. What is a one-stop shop?
A. Where files are handed in
B. Where taxes are paid
Explanation: Decree 61

Question 2. How many days?
A. Three
B. Five"""


@pytest.fixture
def contest(session):
    """Create a contest that begins next Monday, without questions."""
    made = make_contest(session, unit=make_unit(session), first_day=this_monday() + timedelta(weeks=1), questions=0)
    session.commit()
    return made


@pytest.fixture
def organiser(app, session, contest):
    return desk_in(app, session, contest.unit)


@pytest.fixture
def page(contest):
    return f"{STAFF}/{contest.slug}/tuan/1/cau-hoi"


def open_now(session, contest):
    """Move the contest a week back, so that its first round is open."""
    for round in contest.rounds:
        for name in ("opens_at", "closes_at", "results_at"):
            setattr(round, name, getattr(round, name) - timedelta(weeks=1))
    session.commit()


def stored(session):
    return session.scalar(select(func.count()).select_from(Translation))


def test_english_is_read_by_the_order_and_the_letters_of_the_vietnamese():
    (first, second), _mistakes = read_english(ENGLISH, read_text(ASKED).questions)

    assert (first.english.text, first.english.explanation) == ("What is a one-stop shop?", "Decree 61")
    assert [choice.text for choice in second.english.choices] == ["Three", "Five"]


@pytest.mark.parametrize(
    ("english", "mistake"),
    [
        (ENGLISH.split("\n\n")[0], "Bản tiếng Anh có 1 câu, bản tiếng Việt có 2 câu: xin viết đủ, cùng thứ tự."),
        (ENGLISH.replace("\nB. Five", ""), "Câu 2, bản tiếng Anh: cần đúng các phương án A, B."),
        (ENGLISH.replace("B. Five", "C. Five"), "Câu 2, bản tiếng Anh: cần đúng các phương án A, B."),
        (ENGLISH.replace("Question 2. How many days?", "Question 2."), "Câu 2: thiếu lời câu hỏi."),
        (ENGLISH + "\nand more", "Câu 2: không hiểu dòng “and more”."),
    ],
)
def test_english_that_does_not_fit_is_refused_in_words(english, mistake):
    _questions, found = read_english(english, read_text(ASKED).questions)

    assert list(map(str, found)) == [mistake]


def test_both_are_saved_in_one_deed_and_shown_again(session, organiser, page):
    assert send(organiser, page, text=ASKED, english=ENGLISH).status_code == 302

    shown, [deed] = organiser.get(page).text, session.scalars(select(AuditEntry)).all()
    assert stored(session) == 7
    assert "Question 1. What is a one-stop shop?\nA. Where files are handed in" in shown.replace("\r", "")
    assert "Explanation: Decree 61" in shown and '<details class="english" open>' in shown
    assert deed.action == "question.save"
    assert "one-stop" not in str(deed.changes)


def test_saving_again_replaces_them_and_a_blank_text_takes_them_away(session, organiser, page):
    for english, left in ((ENGLISH, 7), (ENGLISH.replace("Five", "Six"), 7), ("", 0)):
        send(organiser, page, text=ASKED, english=english)
        assert stored(session) == left


def test_a_mistake_keeps_both_texts_and_stores_nothing(session, organiser, page):
    reply = send(organiser, page, text=ASKED, english=ENGLISH.split("\n\n")[0])

    assert reply.status_code == 422
    assert "Bản tiếng Anh có 1 câu" in reply.text and "Where taxes are paid" in reply.text and "Mấy ngày?" in reply.text
    assert stored(session) == 0


def test_once_the_round_is_open_no_english_is_added_or_changed(session, contest, organiser, page):
    send(organiser, page, text=ASKED, english="")
    open_now(session, contest)

    reply = send(organiser, page, text=ASKED, english=ENGLISH)

    assert reply.status_code == 409
    assert stored(session) == 0


def test_a_deleted_draft_leaves_no_text(session, organiser, contest, page):
    send(organiser, page, text=ASKED, english=ENGLISH)
    contest.is_draft = True
    session.commit()

    lifecycle.delete_draft(session, SYSTEM, session.get(Contest, contest.id), now=clock.now())

    assert stored(session) == 0


@pytest.mark.parametrize("first", ["vi", "en"])
def test_a_paper_in_english_asks_in_english_and_the_other_one_in_vietnamese(
    session, keyring, client, contest, organiser, page, first
):
    send(organiser, page, text=ASKED, english=ENGLISH)
    open_now(session, contest)
    round = contest.rounds[0]

    for language in (first, {"vi": "en", "en": "vi"}[first]):
        code = register(session, keyring, round)
        paper = begin(client, round, code, lang=language)
        english = language == "en"
        assert ("one-stop shop" in paper, "Where taxes are paid" in paper) == (english, english)
        assert ("Một cửa" in paper, "Nơi nộp thuế" in paper) == (not english, not english)
        assert 'lang="vi">Nơi' not in paper
