"""Migration 0026 with data: approvals as pairs of flags in the old tables and as one foreign key since."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from account.models import Approval
from account.operations.audit import SYSTEM, Actor, Subject, record
from account.rules.permissions import Role
from core import schema
from core.web.extensions import db
from quiz.contest.models import Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import Renaming, Result
from quiz.results.operations import closing, remark
from tests.factories import make_account, make_attempt, make_contest

pytestmark = pytest.mark.both_databases
ALONE = "không qua người phê duyệt thứ hai."
RELATED = "một bên do bên kia lập hoặc cấp."


@pytest.fixture
def asker(session):
    return make_account(session, role=Role.ORGANISER)


@pytest.fixture
def week(session, keyring, asker):
    """A closed week without winners to call."""
    contest = make_contest(session, unit=asker.unit)
    make_attempt(session, keyring, contest.rounds[0])
    closing.rank_round(session, contest.rounds[0], now=contest.rounds[0].closes_at + SETTLING)
    for winner in closing.list_winners(session, closing.find_result(session, contest.rounds[0])):
        winner.state = "passed"
    session.commit()
    return contest.rounds[0]


@pytest.fixture
def approval(session, week, asker):
    """The approval of the week's publication by an account that the requester created."""
    approver, about = make_account(session, role=Role.APPROVER, unit=asker.unit), of_round(week)
    found = Approval(
        action="round.publish",
        unit_id=asker.unit_id,
        kind=about.kind,
        subject_id=str(about.id),
        subject=about.words,
        payload="{}",
        reason="Đã gọi đủ",
        asked_by_id=asker.id,
        asked_at=week.closes_at,
        expires_on=date(2026, 12, 1),
        state="approved",
        decided_by_id=approver.id,
        decided_at=week.results_at,
        related="related",
    )
    session.add(found)
    session.commit()
    return found


def page_of(week):
    return f"/thi/{week.contest.slug}/tuan/{week.number}"


def down(session):
    session.commit()
    session.close()
    schema.downgrade(db.engine, "0025")


def up(session):
    session.commit()
    session.close()
    schema.upgrade(db.engine)
    assert schema.differences(db.engine) == []


def claims(session, table, *names):
    return session.execute(text(f"SELECT {', '.join(names)} FROM {table}")).all()


def test_an_action_done_alone_becomes_claims_and_comes_back_with_its_account(session, client, asker, week):
    actor, at = Actor("account", asker.id), week.results_at
    closing.publish_round(session, actor, week, reason="Đã gọi đủ", now=at)
    seen = remark.preview_remark(session, week, 3, "B").preview.digest
    remark.remark_round(session, actor, week, 3, "B", seen=seen, reason="Sai", now=at + timedelta(hours=1))
    session.commit()
    page, before, who = page_of(week), client.get(page_of(week)).text, asker.id

    down(session)
    assert claims(session, "quiz_round WHERE published_at IS NOT NULL", "published_alone", "published_tied") == [(1, 0)]
    assert claims(session, "quiz_result ORDER BY version", "is_alone", "is_tied") == [(0, 0), (1, 0)]
    assert claims(session, "account_approval", "count(*)") == [(0,)]
    up(session)

    kept = session.scalars(select(Approval).order_by(Approval.asked_at)).all()
    assert [(each.action, each.related, each.asked_by_id, each.reason) for each in kept] == [
        ("round.publish", "alone", who, "Đã gọi đủ"),
        ("round.remark", "alone", who, "Sai"),
    ]
    assert before.count(ALONE) == 2
    assert client.get(page).text == before


def test_an_approval_by_a_related_account_is_found_again_by_its_publication(session, client, week, approval):
    closing.publish_round(session, SYSTEM, week, reason="", now=week.results_at, approval=approval)
    session.commit()
    page, before, id = page_of(week), client.get(page_of(week)).text, approval.id

    down(session)
    assert claims(session, "quiz_round WHERE published_at IS NOT NULL", "published_alone", "published_tied") == [(0, 1)]
    assert claims(session, "account_approval", "is_tied") == [(1,)]
    up(session)

    assert session.scalars(select(Round.publication_id).where(Round.publication_id.is_not(None))).all() == [id]
    assert RELATED in before
    assert client.get(page).text == before


def test_names_corrected_alone_and_with_a_related_account_show_both(session, client, asker, week):
    closing.mark_published(session, week, now=week.results_at)
    session.commit()
    page, round_id, at = page_of(week), week.id, week.results_at + timedelta(days=1)
    about = Subject("quiz.request", "1", "Yêu cầu về thông tin cá nhân", asker.unit_id)
    alone = {"second_approver": False}
    record(session, Actor("account", asker.id), "person.correct", about, after=alone, now=at)
    who, moment = asker.id, at.strftime("%Y-%m-%d %H:%M:%S.000000")
    unit_id, other = asker.unit_id, make_account(session, role=Role.APPROVER, unit=asker.unit).id
    down(session)
    session.execute(
        text("UPDATE quiz_round SET renamed_at = :at, renamed_alone = :yes, renamed_tied = :yes WHERE id = :id"),
        {"at": moment, "yes": True, "id": round_id},
    )
    session.execute(
        text(
            "INSERT INTO account_approval (id, action, unit_id, kind, subject_id, subject, payload, reason, "
            "asked_by_id, asked_at, expires_on, state, decided_by_id, decided_at, note, is_tied) VALUES "
            "('5f0c3c1d0c8a4b0f9a3f0d4a3a3a3a3a', 'person.correct', :unit, 'quiz.request', '1', '', '{}', '', :who, "
            ":at, '2026-12-01', 'approved', :other, :at, '', :yes)"
        ),
        {"unit": unit_id, "who": who, "other": other, "at": moment, "yes": True},
    )

    up(session)

    kept = session.scalars(select(Renaming).order_by(Renaming.id)).all()
    assert [(each.approval.related, each.approval.asked_by_id) for each in kept] == [("alone", who), ("related", who)]
    shown = client.get(page).text
    assert (ALONE in shown, RELATED in shown) == (True, True)
    down(session)
    assert claims(session, f"quiz_round WHERE id = {round_id}", "renamed_alone", "renamed_tied") == [(1, 1)]


def test_a_publication_without_an_audit_entry_still_counts_as_alone(session, client, week):
    closing.mark_published(session, week, now=week.results_at)
    session.commit()
    page, round_id = page_of(week), week.id
    down(session)
    session.execute(text("UPDATE quiz_round SET published_alone = :yes WHERE id = :id"), {"yes": True, "id": round_id})

    up(session)

    [kept] = session.scalars(select(Approval)).all()
    assert (kept.related, kept.asked_by_id, json.loads(kept.payload)) == ("alone", None, {})
    assert ALONE in client.get(page).text


def test_results_from_before_approvals_were_recorded_show_no_approval(session, week):
    down(session)
    up(session)

    assert session.scalars(select(Result.approval_id)).all() == [None]
