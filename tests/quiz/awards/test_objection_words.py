"""The documents of a round say how many objections there were, and certificates wait until results are final."""

from datetime import timedelta
from io import BytesIO

from docx import Document

from account.operations.audit import SYSTEM, Actor
from core import clock
from core.crypto import Keyring
from quiz.attempt.models import Attempt
from quiz.contest.rules.terms import PrizeTerms
from quiz.results.operations.objections import answer_objection, finalise_round, make_objection
from quiz.results.rules.objections import ObjectionOutcome
from tests.factories import make_account
from tests.quiz.awards.test_collective import organiser, publish, week

__all__ = ["organiser", "week"]


def decision_of(client, week):
    page = f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/ho-so"
    words = Document(BytesIO(client.get(f"{page}/quyet-dinh.docx").data))
    return " ".join(each.text for each in words.paragraphs), client.get(page).text


def test_the_decision_says_that_each_objection_was_answered(organiser, session, keyring: Keyring, week):
    week.contest.terms = PrizeTerms(objection_days=3).to_dict()
    publish(session, week)
    attempt = session.query(Attempt).first()
    made = make_objection(session, keyring, attempt, "Xin xem lại.", now=week.results_at + timedelta(hours=1))
    session.commit()
    waiting, page = decision_of(organiser, week)
    assert "Trong hạn khiếu nại 3 ngày có 1 khiếu nại: 0 chấp nhận, 0 không chấp nhận, 1 chờ trả lời" in waiting
    assert "Có sau khi có kết quả chính thức." in page

    answerer = make_account(session, unit=week.contest.unit)
    later, by = week.results_at + timedelta(days=1), Actor("account", answerer.id)
    answer_objection(session, keyring, by, made, ObjectionOutcome.REJECTED, "Đúng rồi.", now=later)
    finalise_round(session, SYSTEM, week, version=1, reason="", now=week.results_at + timedelta(days=5))
    session.commit()

    final, page = decision_of(organiser, week)
    assert "có 1 khiếu nại, đều đã trả lời: 0 chấp nhận, 1 không chấp nhận. Kết quả chính thức từ" in final
    assert "Có sau khi có kết quả chính thức." not in page


def test_the_decision_claims_no_silence_while_objections_are_taken(organiser, session, week):
    week.contest.terms = PrizeTerms(objection_days=3).to_dict()
    publish(session, week)
    week.published_at = clock.now() - timedelta(hours=1)
    session.commit()

    decision, _page = decision_of(organiser, week)

    assert "[Đang nhận khiếu nại đến hết ngày" in decision
    assert "Không có khiếu nại" not in decision
