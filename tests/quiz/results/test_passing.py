"""Passing a winner over: alone after the declared days since a call, before them only by two people."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import Account, Approval, AuditEntry
from account.operations.audit import Actor
from account.rules.permissions import Role
from core.values.dates import day, moment
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import ContactOpening, MissedCall
from quiz.results.models.contact import WINNERS
from quiz.results.operations import closing
from quiz.results.operations.unreached import pass_winner
from quiz.results.queries.before_publication import agreed_passings, list_passed_by
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_account, make_attempt, make_contest, make_participant
from tests.support.approval import agree
from tests.support.pages import Page
from tests.support.staff import desk, send

DAY = timedelta(days=1)
WHY = "Gọi nhầm số, người nghe máy không phải người dự thi"


@pytest.fixture
def week(session, keyring, monkeypatch):
    """Create a closed round with two days of calling: An first, Bình next; the clock stands at the close."""
    contest = make_contest(session, weeks=1, tiers=(Tier("Giải Nhất", 1),), call_days=2)
    round = contest.rounds[0]
    for place, name in enumerate(("Nguyễn Văn An", "Trần Văn Bình")):
        person = make_participant(session, keyring, contest, name=name)
        make_attempt(session, keyring, round, participant=person, seconds=60 + place)
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    session.commit()
    stand_at(monkeypatch, round.closed_at)
    return round


@pytest.fixture
def organiser(app, session, week):
    """Sign in an organiser who has opened the numbers."""
    account = make_account(session, unit=week.contest.unit)
    opening = {"round_id": week.id, "account_id": account.id, "people": WINNERS, "reason": "Gọi"}
    session.add(ContactOpening(**opening, opened_at=week.closed_at, closes_at=week.closed_at + 30 * DAY))
    session.commit()
    return desk(app, account)


def stand_at(monkeypatch, moment):
    monkeypatch.setattr("core.clock.now", lambda: moment)


def come_back(app, session, monkeypatch, moment):
    """Sign the organiser in again at *moment*, when the first session is over."""
    stand_at(monkeypatch, moment)
    return desk(app, session.scalars(select(Account)).first())


def path_of(week):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1"


def first_of(session, week):
    session.expire_all()
    return list_winners(session, find_result(session, week))[0]


def miss(organiser, session, week):
    who = first_of(session, week).participant_id
    return send(organiser, path_of(week), to=f"{path_of(week)}/nguoi-dat-giai/{who}/khong-nghe-may")


def pass_over(organiser, session, week, why=WHY):
    who = first_of(session, week).participant_id
    return send(organiser, path_of(week), to=f"{path_of(week)}/nguoi-dat-giai/{who}/bo-qua", why=why)


def asked(session):
    session.expire_all()
    return session.scalars(select(Approval)).one()


def state(session, week):
    return first_of(session, week).state


def actions(session):
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_one_organiser_alone_does_not_pass_a_winner_over_at_once(session, organiser, week):
    reply = pass_over(organiser, session, week)

    assert (reply.status_code, Page(organiser.get(reply.location).text).heading) == (303, "Chờ người thứ hai phê duyệt")
    assert (state(session, week), asked(session).reason) == ("pending", WHY)


def test_a_call_noted_today_gives_no_right_to_pass_over_alone(app, session, organiser, week, monkeypatch):
    miss(organiser, session, week)
    organiser = come_back(app, session, monkeypatch, week.closed_at + 2 * DAY - timedelta(hours=1))

    assert pass_over(organiser, session, week).status_code == 303
    assert state(session, week) == "pending"


def test_days_without_a_call_give_no_right_either(app, session, organiser, week, monkeypatch):
    organiser = come_back(app, session, monkeypatch, week.closed_at + 9 * DAY)

    assert pass_over(organiser, session, week).status_code == 303
    assert "Bỏ qua 1 người đã hết hạn gọi" not in organiser.get(path_of(week)).text


def test_after_the_declared_days_since_a_call_one_organiser_passes_over(app, session, organiser, week, monkeypatch):
    miss(organiser, session, week)
    organiser = come_back(app, session, monkeypatch, week.closed_at + 2 * DAY)

    reply = pass_over(organiser, session, week, why="Gọi ba lần mỗi ngày")

    assert (reply.status_code, state(session, week)) == (302, "passed")
    assert actions(session) == ["winner.miss", "winner.pass"]
    assert "Đã bỏ qua hạng 1; Giải Nhất chuyển cho người hạng 2." in Page(organiser.get(path_of(week)).text).text


def test_a_reason_is_needed(session, organiser, week):
    reply = pass_over(organiser, session, week, why=" ")

    assert (reply.status_code, state(session, week)) == (422, "pending")
    assert "Xin ghi lý do." in reply.text


def test_a_second_person_reads_prize_reason_and_calls_and_agrees(app, session, organiser, week):
    miss(organiser, session, week)
    pass_over(organiser, session, week)
    approver = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()

    page = Page(desk(app, approver).get(f"/quan-tri/phe-duyet/{asked(session).id}").text).text
    agree(app, session, asked(session))

    assert all(words in page for words in (WHY, "Giải Nhất", "gọi 1 lần không ai nghe máy"))
    assert "Nguyễn Văn An" not in page
    assert state(session, week) == "passed"
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "winner.pass")).one()
    assert (entry.reason, '"second_approver":true' in entry.after) == (WHY, True)


def test_a_request_about_somebody_who_was_confirmed_meanwhile_fails(app, session, organiser, week):
    pass_over(organiser, session, week)
    who = first_of(session, week).participant_id
    send(organiser, path_of(week), to=f"{path_of(week)}/nguoi-dat-giai/{who}/xac-nhan")

    agree(app, session, asked(session))

    assert (asked(session).state, state(session, week)) == ("failed", "confirmed")


def test_with_the_setting_off_one_person_passes_over_and_it_is_stored_as_alone(app, session, organiser, week):
    app.extensions["settings"] = replace(app.extensions["settings"], second_approver=False)

    pass_over(organiser, session, week)

    assert (state(session, week), asked(session).related) == ("passed", "alone")


def test_calls_are_counted_with_their_times_and_a_second_tap_is_no_call(session, organiser, week, monkeypatch):
    for minutes in (0, 0.5, 60):
        stand_at(monkeypatch, week.closed_at + timedelta(minutes=minutes))
        miss(organiser, session, week)

    page = Page(organiser.get(path_of(week)).text).text

    assert len(session.scalars(select(MissedCall)).all()) == 2
    assert "Đã gọi 2 lần không ai nghe máy, lần đầu" in page
    assert actions(session) == ["winner.miss", "winner.miss"]


def test_an_unanswered_call_is_confirmed_and_a_second_tap_explained(session, organiser, week, monkeypatch):
    said = []
    for minutes in (0, 0.5):
        stand_at(monkeypatch, week.closed_at + timedelta(minutes=minutes))
        miss(organiser, session, week)
        said.append(Page(organiser.get(path_of(week)).text).text)

    noted = moment(week.closed_at)
    assert f"Đã ghi một cuộc gọi không ai nghe lúc {noted}." in said[0]
    assert f"Vừa ghi một cuộc lúc {noted}, chưa tới một phút nên không ghi thêm." in said[1]


def test_no_call_is_noted_before_the_numbers_are_opened(app, session, week):
    colleague = make_account(session, unit=week.contest.unit)
    session.commit()

    miss(desk(app, colleague), session, week)

    assert session.scalars(select(MissedCall)).all() == []


@pytest.mark.parametrize(("is_related", "said"), [(False, ""), (True, ", hai tài khoản có liên hệ")])
def test_the_approver_of_the_publication_reads_calls_and_who_agreed(app, session, organiser, week, is_related, said):
    miss(organiser, session, week)
    pass_over(organiser, session, week)
    agree(app, session, asked(session), is_related=is_related)
    today = day(week.closed_at)
    heir = list_winners(session, find_result(session, week))[1]
    send(organiser, path_of(week), to=f"{path_of(week)}/nguoi-dat-giai/{heir.participant_id}/xac-nhan")
    send(organiser, path_of(week), to=f"{path_of(week)}/cong-bo")
    publishing = session.scalars(select(Approval).where(Approval.action == "round.publish")).one()
    approver = make_account(session, role=Role.APPROVER, unit=week.contest.unit)
    session.commit()

    page = Page(desk(app, approver).get(f"/quan-tri/phe-duyet/{publishing.id}").text).text

    assert "Bỏ qua, giải chuyển cho người kế tiếp" in page
    assert "gọi 1 lần không ai nghe máy" in page
    assert f"Trần Thị Bình đề nghị, Trần Thị Bình đồng ý ngày {today}{said}" in page
    assert ("hai tài khoản có liên hệ" in page) is is_related
    assert "1 người, từ" not in page


def test_a_passing_that_was_agreed_undone_and_repeated_alone_is_shown_as_alone(
    app, session, keyring, organiser, week, monkeypatch
):
    miss(organiser, session, week)
    pass_over(organiser, session, week)
    agree(app, session, asked(session))
    agreed = list_passed_by(session, week), len(agreed_passings(session, week))
    first = first_of(session, week)
    send(organiser, path_of(week), to=f"{path_of(week)}/nguoi-dat-giai/{first.participant_id}/goi-lai")
    alone, late = Actor("account", session.scalars(select(Account.id)).first()), week.closed_at + 9 * DAY
    assert pass_winner(session, keyring, alone, week, first.participant_id, reason="Không nghe máy", now=late)

    assert agreed == ([], 1)
    assert agreed_passings(session, week) == {}
    assert [(each.people, each.first) for each in list_passed_by(session, week)] == [(1, late)]
