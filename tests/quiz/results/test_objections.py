"""Objections to published results: made by the personal code, answered one by one, before results are final."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from quiz.attempt.models import Attempt
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.schedule import SETTLING
from quiz.contest.rules.terms import PrizeTerms
from quiz.results.models import Objection
from quiz.results.operations import closing
from quiz.results.operations.exclusion import exclude_entry, preview_exclusion
from quiz.results.operations.objections import (
    ObjectionsOver,
    ObjectionsWaiting,
    StillObjectable,
    check_finalisable,
    finalise_round,
    make_objection,
)
from quiz.results.operations.versions import Changed, NothingToDo, TooEarly
from quiz.results.queries.objections import find_own_objection
from quiz.results.queries.result import find_result
from quiz.results.rules.corrections import ExclusionReason
from tests.factories import make_attempt, make_contest, make_participant
from tests.quiz.results.test_exclusion import exclude
from tests.support.pages import Page
from tests.support.staff import desk_in, send

CODE, RECEIPT = "7K3M9QXD2F4A8BCE", "8K3M9QXD2F4A8BCF"
WORDS = "Câu 2 tôi chọn B, xin xem lại."


@pytest.fixture
def week(session, keyring, clock_at):
    """Create a published round with three days to object, and two people of whom the first knows the code."""
    contest = make_contest(session)
    contest.terms = PrizeTerms(objection_days=3).to_dict()
    round = contest.rounds[0]
    me = make_participant(session, keyring, contest, name="Giàng A Páo", code=CODE)
    make_attempt(session, keyring, round, participant=me, seconds=200, receipt=RECEIPT)
    make_attempt(
        session, keyring, round, participant=make_participant(session, keyring, contest, name="Bé"), seconds=99
    )
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    closing.mark_published(session, round, now=round.results_at)
    session.commit()
    clock_at(round.results_at + timedelta(hours=1))
    return round


@pytest.fixture
def clock_at(monkeypatch):
    """Return a function that sets the clock of pages and of arrival."""

    def set_to(moment):
        monkeypatch.setattr("core.clock.now", lambda: moment)
        monkeypatch.setattr("quiz.results.views.objection.arrived_at", lambda: moment)
        monkeypatch.setattr("quiz.boards.views.result.arrived_at", lambda: moment)

    return set_to


def public(week):
    return f"/thi/{week.contest.slug}/tuan/1/khieu-nai"


def staff(week):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/khieu-nai"


def object_to(client, week, code=CODE, text=WORDS):
    form = Page(client.get(public(week)).text).form()
    return client.post(public(week), data=dict(form.filled(code=code, text=text)))


def my_attempt(session):
    return session.scalars(select(Attempt).order_by(Attempt.duration_ms.desc())).first()


def objected(session, keyring, week):
    made = make_objection(session, keyring, my_attempt(session), WORDS, now=week.results_at + timedelta(hours=1))
    session.commit()
    return made


def final(session, week, days):
    when = week.results_at + timedelta(days=days)
    return finalise_round(session, SYSTEM, week, version=1, reason="", now=when)


def test_an_objection_is_taken_and_answered_on_the_own_page(client, organiser, session, week):
    assert "Đã nhận khiếu nại số 1" in object_to(client, week).text.replace("\u00a0", " ")

    send(organiser, f"{staff(week)}/1", outcome="rejected", answer="Đáp án là A theo Điều 5.")

    form = Page(organiser.get("/thi/tra-cuu").text).form()
    own = organiser.post("/thi/tra-cuu", data=dict(form.filled(code=RECEIPT))).text
    assert "Khiếu nại số 1 của bạn: không chấp nhận." in own
    assert "Đáp án là A theo Điều 5." in own
    assert WORDS not in own


def test_the_organiser_reads_it_beside_the_paper_without_a_name(organiser, session, keyring, week):
    objected(session, keyring, week)

    page = organiser.get(f"{staff(week)}/1").text

    assert WORDS in page
    assert "Bài làm bên cạnh đáp án" in page
    assert "Giàng A Páo" not in page


def test_a_receipt_does_not_object(client, session, week):
    answer = object_to(client, week, code=RECEIPT)

    assert (answer.status_code, session.scalars(select(Objection)).all()) == (404, [])


def test_a_person_objects_once_to_a_version(client, session, week):
    object_to(client, week)

    assert object_to(client, week).status_code == 409
    assert len(session.scalars(select(Objection)).all()) == 1


def test_an_objection_after_the_period_is_refused(session, keyring, week):
    with pytest.raises(ObjectionsOver):
        make_objection(session, keyring, my_attempt(session), WORDS, now=week.results_at + timedelta(days=4))


def test_results_are_not_final_within_the_period(session, week):
    with pytest.raises(StillObjectable):
        final(session, week, days=2)


def test_results_are_not_final_while_an_objection_waits(session, keyring, week):
    objected(session, keyring, week)

    with pytest.raises(ObjectionsWaiting):
        final(session, week, days=5)


def test_an_answer_stays(organiser, session, keyring, week):
    objected(session, keyring, week)
    page = f"{staff(week)}/1"
    token = Page(organiser.get(page).text).form()
    for outcome in ("accepted", "rejected"):
        organiser.post(page, data=dict(token.filled(outcome=outcome, answer="Đã xem.")))

    session.expire_all()
    assert session.scalars(select(Objection.outcome)).all() == ["accepted"]
    deeds = session.scalars(select(AuditEntry).where(AuditEntry.action == QuizAction.OBJECTION_ANSWER)).all()
    assert len(deeds) == 1


def test_a_correction_takes_finality_back_and_opens_the_period_again(session, week):
    final(session, week, days=5)

    exclude(session, week, my_attempt(session).participant_id, ExclusionReason.SEVERAL)

    assert week.finalised_at is None


def test_a_late_correction_gives_the_whole_period_again(session, keyring, week):
    who, late = my_attempt(session).participant_id, week.results_at + timedelta(days=5)
    seen = preview_exclusion(session, week, who, ExclusionReason.SEVERAL).digest
    exclude_entry(session, SYSTEM, week, who, ExclusionReason.SEVERAL, seen=seen, reason="Có căn cứ", now=late)

    made = make_objection(session, keyring, my_attempt(session), WORDS, now=late + timedelta(days=3))

    assert made.version == 2
    with pytest.raises(StillObjectable):
        check_finalisable(session, week, now=late + timedelta(days=3))


def test_results_are_not_final_before_they_are_public(session, week):
    with pytest.raises(TooEarly):
        check_finalisable(session, week, now=week.results_at - timedelta(milliseconds=1))


def test_the_version_that_was_read_is_made_final_and_once(session, week):
    when = week.results_at + timedelta(days=5)
    with pytest.raises(Changed):
        finalise_round(session, SYSTEM, week, version=2, reason="", now=when)

    finalise_round(session, SYSTEM, week, version=1, reason="", now=when)

    with pytest.raises(NothingToDo):
        finalise_round(session, SYSTEM, week, version=1, reason="", now=when)


def test_an_objection_is_shown_to_its_own_person_who_is_not_asked_again(client, session, keyring, week):
    def own_page():
        form = Page(client.get("/thi/tra-cuu").text).form()
        return client.post("/thi/tra-cuu", data=dict(form.filled(code=RECEIPT))).text

    before = own_page()
    objected(session, keyring, week)
    other = session.scalars(select(Attempt).order_by(Attempt.duration_ms)).first()

    assert [public(week) in page for page in (before, own_page())] == [True, False]
    assert find_own_objection(session, other, find_result(session, week)) is None


def test_one_person_who_makes_results_final_gets_a_request(app, session, week, clock_at):
    clock_at(week.results_at + timedelta(days=5))
    organiser = desk_in(app, session, week.contest.unit)

    answer = send(organiser, staff(week), to=staff(week).replace("khieu-nai", "chinh-thuc"), reason="")

    session.expire_all()
    assert (answer.status_code, week.finalised_at) == (303, None)


def test_the_organiser_of_a_trial_makes_results_final_alone(app, session, week, clock_at):
    week.contest.trial_of_id, week.contest.is_draft = make_contest(session).id, True
    clock_at(week.results_at + timedelta(days=5))
    organiser = desk_in(app, session, week.contest.unit)

    send(organiser, staff(week), to=staff(week).replace("khieu-nai", "chinh-thuc"), reason="")

    session.expire_all()
    assert week.finalised_at == week.results_at + timedelta(days=5)


def test_the_public_page_counts_without_names(client, session, keyring, week):
    objected(session, keyring, week)

    page = client.get(f"/thi/{week.contest.slug}/tuan/1").text

    assert "1 khiếu nại: 1 chờ trả lời." in page
    assert WORDS not in page


def test_objections_that_are_alike_get_one_answer_each_recorded_by_itself(organiser, session, keyring, week):
    attempts = session.scalars(select(Attempt)).all()
    for attempt, words in zip(attempts, (WORDS, "Xin xem lại câu số 2"), strict=True):
        make_objection(session, keyring, attempt, words, now=week.results_at)
    session.commit()
    page = f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/khieu-nai/nhieu"

    shown = organiser.get(f"{page}?nhom=cau-2").text
    unticked = send(organiser, page, outcome="rejected", answer="Đáp án A đúng theo Điều 5.")
    done = send(organiser, page, numbers=["1", "2", "99"], outcome="rejected", answer="Đáp án A đúng theo Điều 5.")

    assert "2 khiếu nại về câu 2" in shown
    assert shown.count(" checked") == 2
    assert (unticked.status_code, "Xin chọn ít nhất một khiếu nại." in unticked.text) == (422, True)
    assert done.status_code == 302
    session.expire_all()
    assert [each.outcome for each in session.scalars(select(Objection))] == ["rejected", "rejected"]
    answered = session.scalars(select(AuditEntry).where(AuditEntry.action == QuizAction.OBJECTION_ANSWER)).all()
    assert [entry.subject_id for entry in answered] == [f"{week.id}:1", f"{week.id}:2"]
