"""Withdrawn consents and restrictions since a backup are in force after its restore."""

import pytest
from sqlalchemy import select

from account.operations.audit import SYSTEM
from core import clock
from core.values.week import local_date, monday_of
from privacy.models import Consent, PersonRequest
from privacy.operations import answers
from privacy.operations.consent import withdraw_consent
from privacy.operations.erasure import erase_subjects
from privacy.operations.requests import Asker, identify, receive_request
from privacy.rules.deadlines import Kind
from quiz.contest.models import Participant, RosterPerson
from quiz.contest.operations.registration import Identity
from quiz.contest.operations.roster_import import import_roster, listed
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.persons.operations.holder import HOLDER
from quiz.persons.queries.participants import subject_of
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


def receive(session, keyring, participant, asker):
    """Store a request whose person is not identified yet."""
    return receive_request(
        session,
        keyring,
        asker,
        unit_id=participant.contest.unit_id,
        kind=Kind.DELETE,
        channel="phone",
        holidays=(),
        actor=SYSTEM,
        now=clock.now(),
    )


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


def test_a_request_of_before_the_backup_is_not_readable_once_its_person_was_erased_since(
    session, keyring, people, restored
):
    asker = Asker("Vàng Seo Páo", "0977123456", "Xin xóa giúp tôi")
    request = receive(session, keyring, people[0], asker)
    other = receive(session, keyring, people[1], asker)
    ids = request.id, other.id

    def erase():
        identify(session, keyring, request, [subject_of(people[0])], asker, actor=SYSTEM, now=clock.now())
        erase_subjects(session, keyring, HOLDER, [people[0].id], now=clock.now())

    restored(erase)

    assert [session.get_one(PersonRequest, id).sealed is None for id in ids] == [True, False]


def test_a_row_of_a_roster_does_not_come_back_with_a_restore(session, keyring, restored):
    contest = make_contest(session, first_day=monday_of(local_date(clock.now())))
    people = [listed(keyring, contest.id, Identity(name, "0977123456", 1985), None, "") for name in ("Páo", "Chi")]
    import_roster(session, SYSTEM, contest, people, False, {}, now=clock.now())

    def erase():
        late = make_participant(session, keyring, contest, name="Páo", phone="0977123456", birth_year=1985)
        erase_subjects(session, keyring, HOLDER, [late.id], now=clock.now())

    restored(erase)

    assert session.scalars(select(RosterPerson.identity_hash)).all() == [people[1].identity_hash]
