"""The pages on which an organiser brings questions into a round."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from core import clock
from core.sheets.memory import SheetDraft
from quiz.contest.models import RoundQuestion
from tests.factories import MONDAY, make_account, make_contest
from tests.support.pages import Page
from tests.support.staff import enter, send

GOOD = "Câu 1. Ai?\n*A. Quầy\nB. Chợ\nCâu 2. Gì?\nA. Một\n*B. Hai"
WRONG = "Câu 1. Ai?\nA. Quầy\nB. Chợ"


@pytest.fixture
def contest(session):
    return make_contest(session, questions=1, first_day=date(2100, 1, 4))


@pytest.fixture
def page(session, client, contest):
    account = make_account(session, unit=contest.unit)
    session.commit()
    enter(client, account)
    return f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1/cau-hoi/nhap"


def asked(session, contest):
    session.expire_all()
    return [each.text for each in contest.rounds[0].questions]


def test_a_pasted_text_is_shown_first_and_stored_after(session, client, contest, page):
    read = send(client, page, text=GOOD)
    assert asked(session, contest) == ["Câu hỏi số 1?"]

    stored = send(client, read.location, bring_in="1", mode="them")

    assert stored.status_code == 302
    assert asked(session, contest) == ["Câu hỏi số 1?", "Ai?", "Gì?"]
    assert session.scalar(select(SheetDraft)) is None


def test_questions_sent_after_the_opening_change_nothing_and_are_shown_to_copy(session, client, contest, page):
    editor = page.removesuffix("/nhap")
    token = Page(client.get(editor).text).form().value("csrf_token")
    contest.rounds[0].opens_at = clock.now() - timedelta(minutes=1)
    session.commit()

    reply = client.post(editor, data={"csrf_token": token, "text": GOOD})

    assert reply.status_code == 409
    assert asked(session, contest) == ["Câu hỏi số 1?"]
    assert "Chưa lưu gì." in reply.text
    assert "*B. Hai" in reply.text


def test_questions_that_replace_the_others_leave_none_of_them(session, client, contest, page):
    read = send(client, page, text=GOOD)

    send(client, read.location, bring_in="1", mode="thay")

    assert asked(session, contest) == ["Ai?", "Gì?"]


def test_nothing_of_a_text_with_a_mistake_is_stored(session, client, contest, page):
    read = send(client, page, text=f"{GOOD}\nCâu 3. Sao?\nA. x\nB. y")
    shown = client.get(read.location).text

    refused = send(client, read.location, bring_in="1", mode="them")

    assert (refused.status_code, asked(session, contest)) == (422, ["Câu hỏi số 1?"])
    assert "dòng 7" in shown and "Câu 3: chưa có đáp án" in shown
    assert "Sao?" in refused.text


def test_an_edited_text_is_read_again_before_anything_is_stored(session, client, contest, page):
    read = send(client, page, text=WRONG)

    again = send(client, read.location, bring_in="1", text=f"{WRONG}\nĐáp án: B")

    assert again.location != read.location
    assert asked(session, contest) == ["Câu hỏi số 1?"]
    send(client, again.location, bring_in="1", mode="them")
    assert asked(session, contest) == ["Câu hỏi số 1?", "Ai?"]


def test_a_question_that_another_week_asks_is_named_before_it_is_stored(client, contest, page):
    text = "Câu 1. Câu hỏi số 1\n*A. Đúng\nB. Sai\nC. Cũng sai"

    shown = client.get(send(client, page.replace("/tuan/1/", "/tuan/2/"), text=text).location).text

    assert "Gần giống câu đã có" in shown and "(tuần 1)" in shown


def test_a_file_that_can_not_be_read_keeps_the_pasted_text(client, page):
    refused = send(client, page, text=GOOD, sheet=(BytesIO(b"%PDF-1.7"), "de.pdf"))

    assert refused.status_code == 422
    assert "là PDF" in refused.text and "Câu 2. Gì?" in refused.text


def test_a_draft_belongs_to_its_round(client, contest, page):
    read = send(client, page, text=GOOD)

    assert client.get(read.location.replace("/tuan/1/", "/tuan/2/")).status_code == 404


def test_a_round_that_has_opened_takes_no_questions(session, client):
    contest = make_contest(session, questions=1, first_day=MONDAY.date())
    account = make_account(session, unit=contest.unit)
    session.commit()
    page = f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1/cau-hoi/nhap"

    assert send(enter(client, account), page, text=GOOD).status_code == 422
    assert asked(session, contest) == ["Câu hỏi số 1?"]


def test_a_draft_that_was_read_before_the_opening_is_not_stored_after_it(session, client, contest, page):
    read = send(client, page, text=GOOD)
    form = Page(client.get(read.location).text).form()
    contest.rounds[0].opens_at = clock.now()
    session.commit()

    stored = client.post(read.location, data=dict(form.filled(bring_in="1", mode="them")))

    assert (stored.status_code, asked(session, contest)) == (422, ["Câu hỏi số 1?"])


def test_a_saved_text_keeps_the_questions_that_did_not_change(session, client, contest, page):
    before = session.scalar(select(RoundQuestion.revision_id))
    text = (
        "Câu 1. Câu hỏi số 1?\n*A. Đúng\nB. Sai\nC. Cũng sai\nGiải thích: Căn cứ số 1\n\nCâu 2. Ai?\n*A. Quầy\nB. Chợ"
    )

    send(client, page.removesuffix("/nhap"), text=text)

    assert list(session.scalars(select(RoundQuestion.revision_id)))[0] == before
    assert asked(session, contest) == ["Câu hỏi số 1?", "Ai?"]
