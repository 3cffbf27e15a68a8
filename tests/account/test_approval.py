"""An action that needs two people: requested, approved and done once, or unchanged."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from account.models import Account, Approval, AuditEntry, Grant
from account.operations import approval as approvals
from account.operations.alone import approve_alone
from account.operations.approval import Handler, NoLonger, decided_by
from account.operations.audit import Actor, Subject, account_subject, record
from account.operations.links import invite
from account.queries.account import list_approvers
from account.queries.approval import count_waiting, find_approval, find_latest, list_decided, list_waiting
from account.queries.audit import verify
from account.queries.kinship import kinship_of
from account.rules.permissions import Role
from commune.models import Office
from core.values.week import local_date
from core.web.extensions import db
from quiz.contest.rules.actions import QuizAction
from tests.factories import MONDAY, make_account, make_office, make_unit

pytestmark = pytest.mark.both_databases

DAY = timedelta(days=1)


def _exclude(session, _keyring, approval, now):
    """Handler of a sensitive action for the test, as a room would declare one."""
    office = session.get_one(Office, approval.details["office"])
    if office.hotline.endswith("!"):
        raise NoLonger("Cơ quan đã thay đổi.")
    was, office.hotline = office.hotline, f"{office.hotline}x"
    session.flush()
    after = {"name": office.hotline, "asked_by": approval.asked_by_id}
    record(
        session, decided_by(approval), QuizAction.ENTRY_EXCLUDE, approvals.subject_of(approval), before={"name": was},
        after=after, reason=approval.reason, now=now,
    )  # fmt: skip


HANDLERS = {
    QuizAction.ENTRY_EXCLUDE: Handler(
        QuizAction.ENTRY_EXCLUDE, "contest.manage", lambda *_: (), _exclude, roles=frozenset({Role.ORGANISER})
    )
}


@pytest.fixture
def office(session):
    return make_office(session)


@pytest.fixture
def asker(session, office):
    return make_account(session, unit=office.unit)


@pytest.fixture
def approver(session, office):
    return make_account(session, role=Role.APPROVER, unit=office.unit)


def subject_of(office):
    return Subject("office", office.id, office.name, office.unit_id)


def ask(session, asker, office, reason="Bài trùng", **more):
    subject = subject_of(office)
    details = {"office": office.id, **more}
    asked = approvals.ask(session, asker, QuizAction.ENTRY_EXCLUDE, subject, reason=reason, details=details, now=MONDAY)
    session.commit()
    return asked


def approve(session, keyring, asked, account, now=MONDAY + DAY):
    return approvals.approve(session, keyring, asked, account, HANDLERS, note="", now=now)


def recorded(session):
    return [(entry.action, entry.account_id) for entry in session.scalars(select(AuditEntry).order_by("number"))]


def test_asking_changes_nothing(session, asker, office):
    asked = ask(session, asker, office)

    assert (asked.state, asked.reason, asked.expires_on) == ("pending", "Bài trùng", local_date(MONDAY + 14 * DAY))
    assert office.hotline == ""
    assert recorded(session) == [("approval.ask", asker.id)]


def test_approving_does_the_action_once_and_records_requester_and_approver(session, keyring, asker, approver, office):
    asked = ask(session, asker, office)

    state = approve(session, keyring, asked, approver)
    session.commit()

    assert (state, asked.state, asked.decided_by, office.hotline) == ("approved", "approved", approver, "x")
    assert recorded(session)[1:] == [("approval.approve", approver.id), ("entry.exclude", approver.id)]
    deed = session.get_one(AuditEntry, 3)
    assert deed.changes == [("name", "", "x"), ("asked_by", None, asker.id)]
    assert verify(session).broken is None


def test_the_database_refuses_that_one_person_requests_and_approves(session, asker, office):
    asked = ask(session, asker, office)
    change = update(Approval).where(Approval.id == asked.id)

    with pytest.raises(IntegrityError):
        session.execute(change.values(state="approved", decided_by_id=asker.id, decided_at=MONDAY))


def test_the_requester_can_not_approve(session, keyring, asker, office):
    asked = ask(session, asker, office)

    with pytest.raises(approvals.OwnRequest):
        approve(session, keyring, asked, asker)

    assert (asked.state, office.hotline) == ("pending", "")


def test_asking_again_is_the_same_request(session, asker, office):
    colleague = make_account(session, unit=office.unit)

    asked = [ask(session, account, office).id for account in (asker, asker, colleague)]

    assert len(set(asked)) == 1
    assert session.scalar(select(func.count()).select_from(Approval)) == 1


def test_asking_for_another_list_ends_the_request_that_shows_the_old_one(session, keyring, asker, approver, office):
    old = ask(session, asker, office, winners="aa")
    colleague = make_account(session, unit=office.unit)

    new = ask(session, colleague, office, winners="bb")

    assert (old.state, old.note) == ("withdrawn", "Nội dung đã thay đổi; đã có yêu cầu mới thay cho yêu cầu này.")
    assert (new.state, new.details["winners"], new.asked_by) == ("pending", "bb", colleague)
    assert recorded(session) == [
        ("approval.ask", asker.id), ("approval.withdraw", colleague.id), ("approval.ask", colleague.id),
    ]  # fmt: skip
    with pytest.raises(approvals.AlreadyDecided):
        approve(session, keyring, old, approver)
    assert office.hotline == ""


def test_a_refused_action_changes_nothing_and_can_be_requested_again(session, keyring, asker, approver, office):
    asked = ask(session, asker, office)

    approvals.refuse(session, asked, approver, note="Chưa đủ căn cứ", now=MONDAY + DAY)
    session.commit()

    assert (asked.state, asked.note, office.hotline) == ("refused", "Chưa đủ căn cứ", "")
    with pytest.raises(approvals.AlreadyDecided):
        approve(session, keyring, asked, approver)
    assert ask(session, asker, office).id != asked.id


def test_only_the_requester_may_withdraw(session, keyring, asker, approver, office):
    asked = ask(session, asker, office)
    with pytest.raises(PermissionError):
        approvals.withdraw(session, asked, approver, now=MONDAY)

    approvals.withdraw(session, asked, asker, now=MONDAY)
    session.commit()

    with pytest.raises(approvals.AlreadyDecided):
        approve(session, keyring, asked, approver)
    assert (asked.state, office.hotline) == ("withdrawn", "")


def test_the_fourteenth_day_still_counts_and_the_next_does_not(session, keyring, asker, approver, office):
    asked = ask(session, asker, office)

    with pytest.raises(approvals.AlreadyDecided):
        approve(session, keyring, asked, approver, now=MONDAY + 15 * DAY)
    state = approve(session, keyring, asked, approver, now=MONDAY + 15 * DAY - timedelta(milliseconds=1))

    assert state == "approved"


def test_the_daily_duty_expires_unanswered_requests(session, asker, office):
    asked = ask(session, asker, office)
    last = local_date(MONDAY + 14 * DAY)

    reports = [approvals.expire_daily(session, day) for day in (last, last + DAY, last + DAY)]

    assert [report[-2:] for report in reports] == ["0.", "1.", "0."]
    assert (asked.state, office.hotline, recorded(session)[-1]) == ("expired", "", ("approval.expire", None))


def test_an_action_that_is_no_longer_possible_fails_with_its_reason_and_changes_nothing(
    session, keyring, asker, approver, office
):
    asked = ask(session, asker, office)
    office.hotline = "0207!"
    session.commit()

    state = approve(session, keyring, asked, approver)
    session.commit()

    assert (state, asked.note, office.hotline) == ("failed", "Cơ quan đã thay đổi.", "0207!")
    assert recorded(session)[-1] == ("approval.fail", approver.id)


def test_the_request_of_an_account_that_lost_its_permission_fails(session, keyring, asker, approver, office):
    asked = ask(session, asker, office)
    session.delete(session.scalars(select(Grant).where(Grant.account_id == asker.id)).one())
    session.commit()

    state = approve(session, keyring, asked, approver)

    assert (state, office.hotline) == ("failed", "")


def test_two_concurrent_approvals_perform_the_action_once(session, keyring, asker, approver, office):
    second = make_account(session, role=Role.APPROVER, unit=office.unit)
    asked, together = ask(session, asker, office), Barrier(2)
    ids, engine = (asked.id, office.id), db.engine

    def press(account_id):
        with Session(engine) as own:
            request, account = own.get_one(Approval, ids[0]), own.get_one(Account, account_id)
            together.wait(10)
            try:
                state = approve(own, keyring, request, account)
                own.commit()
            except approvals.AlreadyDecided:
                return "refused"
            return state

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(press, (approver.id, second.id)))

    session.expire_all()
    assert answers == ["approved", "refused"]
    assert session.get_one(Office, ids[1]).hotline == "x"
    assert verify(session).broken is None


def test_waiting_requests_are_counted_without_ones_own(session, asker, office):
    ask(session, asker, office)
    units = frozenset({office.unit_id})
    today = local_date(MONDAY)

    assert len(list_waiting(session, units, today)) == 1
    assert list_waiting(session, frozenset({make_unit(session).id}), today) == []
    assert count_waiting(session, units, today, other_than=asker) == 0
    assert count_waiting(session, units, today, other_than=make_account(session)) == 1


def test_an_invited_account_without_a_password_is_not_listed_as_an_approver(session, asker, approver, office):
    invite(session, email="moi@xa.gov.vn", name="Mới", role=Role.APPROVER, unit=office.unit, now=MONDAY)
    session.commit()

    assert list_approvers(session, office.unit, but=asker) == [approver]


def test_an_action_done_alone_is_stored_and_is_not_a_request(session, approver, office):
    subject, within = subject_of(office), frozenset({office.unit_id})

    kept = approve_alone(session, Actor("account", approver.id), "office.edit", subject, reason="Gấp", now=MONDAY)

    assert (kept.state, kept.related, kept.asked_by_id, kept.decided_by_id) == (
        "approved",
        "alone",
        approver.id,
        approver.id,
    )
    assert list_decided(session, within, 10) == []
    assert find_latest(session, subject.kind, subject.id, "office.edit") is None
    assert find_approval(session, kept.id, within) is None


def test_the_database_refuses_an_approval_by_the_requester(session, asker, office):
    asked = ask(session, asker, office)
    session.commit()

    asked.state, asked.decided_by_id, asked.decided_at = "approved", asker.id, MONDAY

    with pytest.raises(IntegrityError):
        session.flush()


def test_the_relation_alone_needs_the_requester_as_approver(session, asker, approver, office):
    subject = subject_of(office)
    kept = approve_alone(session, Actor("account", asker.id), "office.edit", subject, reason="", now=MONDAY)

    kept.decided_by_id = approver.id

    with pytest.raises(IntegrityError):
        session.flush()


def test_a_chain_over_two_accounts_is_stored_with_the_answer(session, keyring, asker, approver, office):
    between = make_account(session, unit=office.unit)
    for maker, deed, made in (
        (asker, "account.create", between),
        (between, "account.create", approver),
        (asker, "role.give", approver),
    ):
        about = account_subject(made)
        record(session, Actor("account", maker.id), deed, about, after={"role": "writer"}, now=MONDAY)
    asked = ask(session, asker, office)

    approve(session, keyring, asked, approver)

    assert [(tie.by, tie.to) for tie in asked.kinship.ties] == [(asker.id, between.id), (between.id, approver.id)]
    assert asked.related == "related"


def test_a_kinship_is_read_by_one_statement_however_long_the_chain(session, asker, approver, office, count_queries):
    chain = [asker, *(make_account(session, unit=office.unit) for _ in range(20)), approver]
    for first, second in itertools.pairwise(chain):
        record(session, Actor("account", first.id), "account.link", account_subject(second), now=MONDAY)
    session.flush()
    count_queries.clear()

    found = kinship_of(session, asker.id, approver.id)

    assert (found.between, len(count_queries)) == (20, 1)
