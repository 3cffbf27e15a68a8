"""Deletion of all participants of a finished contest before its time: two people, none who is needed, figures stay."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

import quiz.persons.manage.deletion
from account.models import Approval, AuditEntry
from account.operations.audit import SYSTEM, Actor
from account.rules.permissions import Role
from core.commands.worker import Worker
from core.person_keys import PersonKey
from privacy.operations.requests import Asker, identify, receive_request
from privacy.rules.deadlines import Kind
from quiz.attempt.models import Attempt, Tally
from quiz.attempt.rules.commitment import of_answers, read_answers
from quiz.contest.models import Participant
from quiz.contest.rules.schedule import SETTLING
from quiz.persons.operations.deletion import StillNeeded, erase_contest
from quiz.persons.queries.participants import subject_of
from quiz.results.models import StandingRow, Winner
from quiz.results.operations import closing
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_account, make_attempt, make_contest, make_participant
from tests.support.approval import agree
from tests.support.calls import confirm_winner
from tests.support.pages import Page
from tests.support.staff import desk, desk_in, send


@pytest.fixture
def contest(session, keyring):
    """A contest of one week, published, with two people; another contest goes on beside it."""
    contest = make_contest(session, weeks=1)
    round = contest.rounds[0]
    for name, seconds in (("Giàng A Páo", 100), ("Lò Thị Bé", 200)):
        person = make_participant(session, keyring, contest, name=name)
        make_attempt(session, keyring, round, participant=person, seconds=seconds)
    result = closing.rank_round(session, round, now=round.closes_at + SETTLING)
    for winner in list_winners(session, result):
        confirm_winner(session, round, winner.participant_id, now=round.closes_at)
    closing.mark_published(session, round, now=round.results_at)
    make_participant(session, keyring, make_contest(session), name="Người khác")
    session.commit()
    return contest


@pytest.fixture
def organiser(app, session, contest):
    return desk_in(app, session, contest.unit)


def page_of(contest):
    return f"/quan-tri/cuoc-thi/{contest.slug}/xoa-du-lieu"


def ask(client, contest, **fields):
    return send(client, page_of(contest), **{"reason": "Sở yêu cầu", "sure": "y", **fields})


def the_request(session):
    session.expire_all()
    return session.scalars(select(Approval)).one()


def known(session):
    return session.scalar(select(func.count()).select_from(PersonKey))


def figures(session):
    counts = [session.scalar(select(func.count()).select_from(model)) for model in (Attempt, StandingRow, Winner)]
    return [*counts, sum(row.people for row in session.scalars(select(Tally)))]


@pytest.mark.both_databases
def test_a_deletion_by_one_person_waits_and_erases_no_participant(session, organiser, contest):
    answer = ask(organiser, contest)

    assert (answer.status_code, Page(organiser.get(answer.location).text).heading) == (
        303,
        "Chờ người thứ hai phê duyệt",
    )
    assert known(session) == 3
    assert "Chờ người thứ hai phê duyệt." in Page(organiser.get(page_of(contest)).text).text


@pytest.mark.both_databases
def test_an_approved_deletion_erases_the_people_and_keeps_the_figures(app, session, client, organiser, contest):
    before = figures(session)
    ask(organiser, contest)
    asked = the_request(session)
    account = make_account(session, role=Role.APPROVER, unit=contest.unit)
    session.commit()

    shown = Page(desk(app, account).get(f"/quan-tri/phe-duyet/{asked.id}").text).text
    agree(app, session, asked)

    assert "Số người 2" in shown
    assert (known(session), figures(session)) == (1, before)
    assert "Giàng A Páo" not in client.get(f"/thi/{contest.slug}/tuan/1").text
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "data.delete")).one()
    assert (entry.reason, ("deleted", None, 2) in entry.changes) == ("Sở yêu cầu", True)


def test_commitments_of_attempts_still_verify_afterwards(session, keyring, contest):
    erase_contest(session, keyring, SYSTEM, contest, reason="Kết thúc sớm", now=contest.rounds[0].results_at)

    for attempt in session.scalars(select(Attempt)):
        answers = read_answers(attempt.sheet.answers)
        assert attempt.answers_commitment == of_answers(attempt.sheet.salt, answers, attempt.sheet.guess)


def test_a_second_deletion_erases_no_participant(session, keyring, contest):
    at = contest.rounds[0].results_at

    erased = [erase_contest(session, keyring, SYSTEM, contest, reason="Kết thúc sớm", now=at) for _ in range(2)]

    assert erased == [2, 0]


def test_a_running_contest_can_not_be_erased(session, keyring, contest):
    other = session.scalars(select(Participant).where(Participant.contest_id != contest.id)).one().contest

    with pytest.raises(StillNeeded):
        erase_contest(session, keyring, SYSTEM, other, reason="Kết thúc sớm", now=contest.rounds[0].results_at)


def test_a_winner_who_is_still_to_be_called_is_not_erased(session, keyring, contest):
    list_winners(session, find_result(session, contest.rounds[0]))[0].state = "pending"
    session.flush()

    with pytest.raises(StillNeeded):
        erase_contest(session, keyring, SYSTEM, contest, reason="Kết thúc sớm", now=contest.rounds[0].results_at)


def test_a_person_with_an_open_request_is_not_erased(app, session, keyring, organiser, contest):
    ask(organiser, contest)
    asked, who = the_request(session), session.scalars(select(Participant)).first()
    by = {"actor": Actor("account", asked.asked_by_id), "now": asked.asked_at}
    asker = Asker("Giàng A Páo", "", "Xin bản sao")
    request = receive_request(
        session, keyring, asker, unit_id=contest.unit_id, kind=Kind.COPY, channel="paper", holidays=(), **by
    )
    identify(session, keyring, request, [subject_of(who)], asker, **by)
    session.commit()

    agree(app, session, asked)

    assert (the_request(session).state, known(session)) == ("failed", 3)
    assert "Chưa xóa được" in organiser.get(page_of(contest)).text


def test_the_requester_can_not_approve_the_deletion(app, session, contest):
    account = make_account(session, unit=contest.unit)
    account.grants.append(type(account.grants[0])(role=Role.APPROVER.value, unit_id=contest.unit_id))
    session.commit()
    both = desk(app, account)
    ask(both, contest)
    page = f"/quan-tri/phe-duyet/{the_request(session).id}"

    answer = send(both, page, to=f"{page}/dong-y")

    assert (answer.status_code, known(session)) == (403, 3)


def test_a_foreign_organiser_gets_404_and_an_inspector_403(app, session, contest):
    stranger, inspector = make_account(session), make_account(session, role=Role.INSPECTOR, unit=contest.unit)
    session.commit()

    assert desk(app, stranger).get(page_of(contest)).status_code == 404
    assert desk(app, inspector).get(page_of(contest)).status_code == 403


def test_without_the_box_and_a_reason_no_request_is_made(session, organiser, contest):
    answer = send(organiser, page_of(contest), reason=" ")

    assert answer.status_code == 422
    assert "Xin ghi lý do, căn cứ." in answer.text
    assert "Xin đánh dấu rằng đã hiểu" in answer.text
    assert session.scalars(select(Approval)).all() == []


@pytest.mark.both_databases
def test_many_people_are_erased_by_a_job(app, session, organiser, contest, monkeypatch):
    monkeypatch.setattr(quiz.persons.manage.deletion, "PEOPLE_IN_A_PAGE", 1)
    ask(organiser, contest)
    agree(app, session, the_request(session))
    before = known(session)

    session.rollback()
    Worker(app).work(is_burst=True)

    session.expire_all()
    entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "data.delete")).all()
    assert (before, len(entries)) == (3, 2)
    assert ("deleted", None, 2) in entries[1].changes


def test_with_the_setting_off_the_deletion_is_done_at_once(app, session, organiser, contest):
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=False)

    answer = ask(organiser, contest)

    entry = session.scalars(select(AuditEntry)).one()
    assert (answer.status_code, known(session)) == (302, 1)
    assert ("second_approver", None, False) in entry.changes
