"""Withdrawn consents and restrictions since a backup are in force after its restore."""

import pytest
from sqlalchemy import select

from account.operations.audit import SYSTEM
from core import clock
from core.values.week import local_date, monday_of
from privacy.models import Consent
from privacy.operations import answers
from privacy.operations.consent import withdraw_consent
from privacy.operations.erasure import erase_subjects
from privacy.rules.deadlines import Kind
from quiz.contest.models import Participant
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.persons.operations.holder import HOLDER
from tests.factories import make_contest, make_participant
from tests.support.persons import make_request

pytestmark = pytest.mark.both_databases


@pytest.fixture
def restored(app, session, tmp_path):
    """Make a backup, run a deed, restore the backup over it, and return the command's output."""

    def restore(deed, *options):
        file, run = str(tmp_path / "copy.tar.gz"), app.test_cli_runner().invoke
        session.commit()
        assert run(args=["backup", "create", file]).exit_code == 0
        deed()
        session.commit()
        session.close()
        done = run(args=["backup", "restore", file, "--replace", *options])
        assert done.exit_code == 0, done.output
        return done.output

    return restore


@pytest.fixture
def people(session, keyring):
    """Create two participants with consent to being named, in a contest within its retention period."""
    contest = make_contest(session, first_day=monday_of(local_date(clock.now())))
    return [make_participant(session, keyring, contest) for _ in range(2)]


def test_a_withdrawn_consent_stays_withdrawn_after_a_restore(session, people, restored):
    one, other = (each.id for each in people)

    said = restored(lambda: withdraw_consent(session, PARTICIPANT, [one], [Purpose.NAMED], now=clock.now()))

    standing = select(Consent.subject_id).where(Consent.purpose == "named", Consent.withdrawn_at.is_(None))
    assert session.scalars(standing).all() == [other]
    assert "Đã ghi lại 1 lần rút lại sự đồng ý" in said


def test_a_restriction_stays_after_a_restore(session, keyring, people, restored):
    request, now = make_request(session, keyring, people[0], kind=Kind.RESTRICT), clock.now()
    one, other = (each.id for each in people)

    said = restored(lambda: answers.restrict(session, request, actor=SYSTEM, now=now))

    assert session.get_one(Participant, one).restricted_at == now
    assert session.get_one(Participant, other).restricted_at is None
    assert "Thông tin của 1 người vẫn tạm dừng sử dụng" in said


def test_consents_in_force_in_both_are_unchanged(session, people, restored):
    said = restored(lambda: None)

    assert len(session.scalars(select(Consent).where(Consent.withdrawn_at.is_(None))).all()) == 4
    assert "rút lại" not in said
    assert "tạm dừng" not in said


def test_a_person_who_was_erased_by_mistake_comes_back_with_their_consents(session, keyring, people, restored):
    one, other = (each.id for each in people)

    said = restored(lambda: erase_subjects(session, keyring, HOLDER, [one], now=clock.now()), "--with-erased")

    named = select(Consent.subject_id).where(Consent.purpose == "named", Consent.withdrawn_at.is_(None))
    assert set(session.scalars(named)) == {one, other}
    assert "rút lại sự đồng ý" not in said
