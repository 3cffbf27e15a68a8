"""Identity of participants, sharing of phones, and what a stolen database would reveal."""

import pytest
from sqlalchemy import func, select, text

from core.person_keys import PersonKey
from privacy.rules.age import may_be_child
from quiz.attempt.queries.attempt import find_participant_by_code
from quiz.contest.models import Participant, ParticipantWord
from quiz.contest.operations.registration import AlreadyRegistered, PhoneFull
from quiz.results.queries.result import contacts_of
from tests.factories import make_contest, make_participant

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("name", ["nguyễn văn hòa", "NGUYỄN VĂN HOÀ", "Nguyễn  Văn Hoà", "Nguyễn Văn Hòa"])
def test_the_same_person_typed_in_other_ways_is_refused(session, keyring, name):
    contest = make_contest(session)
    make_participant(session, keyring, contest, name="Nguyễn Văn Hòa", phone="0912345678")

    with pytest.raises(AlreadyRegistered):
        make_participant(session, keyring, contest, name=name, phone="0912345678")


def test_a_family_shares_a_phone_up_to_the_contests_limit(session, keyring):
    contest = make_contest(session, people_per_phone=2)
    for name in ("Nguyễn Văn An", "Nguyễn Thị Bình"):
        make_participant(session, keyring, contest, name=name, phone="0912345678")

    with pytest.raises(PhoneFull):
        make_participant(session, keyring, contest, name="Nguyễn Văn Cường", phone="0912345678")
    assert session.scalar(select(func.count()).select_from(Participant)) == 2


def test_the_same_person_may_enter_another_contest_and_can_not_be_matched(session, keyring):
    first = make_participant(session, keyring, make_contest(session), phone="0912345678")

    second = make_participant(session, keyring, make_contest(session), phone="0912345678")

    assert first.identity_hash != second.identity_hash
    assert first.phone_hash != second.phone_hash


def test_a_personal_code_opens_its_own_contest_only(session, keyring):
    contest, other = make_contest(session), make_contest(session)
    person = make_participant(session, keyring, contest, code="7K3M9QXD2F4A8BCE")

    assert find_participant_by_code(session, keyring, contest, "7K3M9QXD2F4A8BCE").id == person.id
    assert find_participant_by_code(session, keyring, other, "7K3M9QXD2F4A8BCE") is None


def test_no_column_holds_a_name_phone_or_code_in_clear(session, keyring):
    contest = make_contest(session)
    make_participant(session, keyring, contest, name="Vàng Seo Páo", phone="0977123456", code="7K3M9QXD2F4A8BCE")
    session.flush()

    for table in ("quiz_participant", "quiz_participant_word", "core_person_key"):
        dump = "".join(str(row) for row in session.execute(text(f"SELECT * FROM {table}")))
        assert not any(secret in dump for secret in ("Páo", "0977123456", "7K3M9QXD2F4A8BCE"))


def test_deleting_the_key_leaves_a_participant_without_a_name(session, keyring):
    participant = make_participant(session, keyring, make_contest(session))
    known = contacts_of(session, keyring, [participant])

    session.delete(session.get(PersonKey, participant.person_id))
    session.flush()
    session.expire_all()

    assert known[participant.id].name == "Nguyễn Văn An"
    assert contacts_of(session, keyring, [participant]) == {}


def test_each_whole_word_of_a_name_is_searchable_and_none_is_readable(session, keyring):
    make_participant(session, keyring, make_contest(session), name="Nguyễn Văn An")

    assert session.scalar(select(func.count()).select_from(ParticipantWord)) == 3


@pytest.mark.parametrize(("birth_year", "child"), [(2011, True), (2010, True), (2009, False)])
def test_a_person_who_might_be_under_16_counts_as_a_child(birth_year, child):
    assert may_be_child(birth_year, 2026) is child
