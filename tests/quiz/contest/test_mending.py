"""Mend a typing error in the open; participants report questions by their receipts."""

import json

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from core import clock
from quiz.attempt.queries.paper import find_paper
from quiz.contest.models import QuestionReport
from quiz.contest.operations.contest import set_questions
from quiz.contest.operations.mending import mend_question
from quiz.contest.operations.questions import QuestionText
from tests.factories import make_account, make_attempt, make_contest, this_monday
from tests.support.pages import Page
from tests.support.papers import begin, register
from tests.support.staff import enter, send

WRONG, RIGHT = "Ai trả kêt quả cho người dân?", "Ai trả kết quả cho người dân?"
CHOICES = (("A", "Quầy", True), ("B", "Chợ", False))


@pytest.fixture
def week(session):
    round = make_contest(session, weeks=1, questions=0).rounds[0]
    set_questions(session, round, [QuestionText(WRONG, CHOICES)], now=round.opens_at.replace(year=2025))
    return round


@pytest.fixture
def page(session, client, week):
    account = make_account(session, unit=week.contest.unit)
    session.commit()
    enter(client, account)
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/cau-hoi/1/sua-loi"


def test_a_mended_question_keeps_its_choices_and_says_when(session, client, week, page):
    key, version = week.questions[0].key, week.paper_version

    send(client, page, text=RIGHT)

    session.expire_all()
    (question,) = week.questions
    assert (question.text, question.key, len(question.choices)) == (RIGHT, key, 2)
    assert question.mended_at is not None and week.paper_version != version
    (asked,) = find_paper(session, week.id, week.paper_version).questions
    assert (asked.text, asked.mended_at) == (RIGHT, question.mended_at)


def test_a_paper_says_when_its_question_was_mended(session, keyring, client):
    monday = this_monday()
    round = make_contest(session, weeks=1, questions=0, first_day=monday).rounds[0]
    set_questions(session, round, [QuestionText(WRONG, CHOICES)], now=round.opens_at.replace(year=2025))
    mend_question(session, SYSTEM, round, round.questions[0], RIGHT, now=clock.now())
    session.commit()

    paper = begin(client, round, register(session, keyring, round))

    assert RIGHT in paper and "Ban Tổ chức đã sửa lỗi chính tả câu này lúc" in paper


def test_both_wordings_are_in_the_audit_trail(session, client, page):
    send(client, page, text=RIGHT)

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "question.mend")).one()
    assert (json.loads(entry.before), json.loads(entry.after)) == ({"words": WRONG}, {"words": RIGHT})


def test_another_question_is_no_typing_error(session, client, week, page):
    refused = send(client, page, text="Ai không trả kêt quả cho người dân?")

    assert refused.status_code == 422
    assert "Đã thêm hoặc bỏ từ “không”" in refused.text
    session.expire_all()
    assert week.questions[0].text == WRONG


@pytest.fixture
def receipt(session, keyring, week):
    make_attempt(session, keyring, week, receipt="7K3M9QXD2VYB4HRT")
    session.commit()
    return "7K3M9QXD2VYB4HRT"


def send_citizen(client, **typed):
    form = Page(client.get("/thi/bao-loi").text).form("bao-loi")
    return client.post("/thi/bao-loi", data=dict(form.filled(**typed)))


def report(client, receipt, text="Hai phương án giống nhau."):
    return send_citizen(client, code=receipt, place="1", text=text)


def test_a_participant_reports_a_question_and_the_organiser_reads_it(session, client, week, page, receipt):
    sent = report(client, receipt)
    shown = client.get(page.removesuffix("/1/sua-loi")).text
    (stored,) = session.scalars(select(QuestionReport))

    send(client, page.removesuffix("/1/sua-loi"), to=f"{page.removesuffix('/1/sua-loi')}/bao-loi/{stored.id}")

    assert sent.status_code == 200 and "Đã gửi báo lỗi" in sent.text
    assert "Hai phương án giống nhau." in shown
    session.expire_all()
    assert stored.settled_on is not None


def test_one_paper_reports_a_question_once_a_day(session, client, receipt):
    first, again = report(client, receipt), report(client, receipt, "Lời khác.")

    assert (first.status_code, again.status_code) == (200, 409)
    assert len(session.scalars(select(QuestionReport)).all()) == 1


def test_a_report_row_says_nothing_of_its_sender():
    assert set(QuestionReport.__table__.columns.keys()) == {
        "id",
        "round_question_id",
        "text",
        "reported_on",
        "settled_on",
    }


@pytest.mark.parametrize(
    ("typed", "status", "mistake"),
    [
        ({"code": "7K3M9QXD2VYB4HRX"}, 404, "Không tìm thấy mã này"),
        ({"place": "9"}, 422, "không có câu số này"),
        ({"text": "Gọi tôi 0912345678"}, 422, "Xin bỏ số điện thoại"),
        ({"text": ""}, 422, "Xin ghi câu hỏi sai ở đâu"),
    ],
)
def test_a_report_that_can_not_be_stored_says_why(session, client, receipt, typed, status, mistake):
    said = {"code": receipt, "place": "1", "text": "Sai rồi."} | typed

    refused = send_citizen(client, **said)

    assert refused.status_code == status
    assert mistake in refused.text
    assert session.scalars(select(QuestionReport)).all() == []
