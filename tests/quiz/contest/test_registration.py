"""Identity of participants, sharing of phones, and what a stolen database would reveal."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text

from core.person_keys import PersonKey
from privacy.rules.age import may_be_child
from quiz.attempt.queries.attempt import find_participant_by_code
from quiz.contest.models import Participant, ParticipantWord
from quiz.contest.operations.confirmation import PhoneFull, confirm_phone
from quiz.contest.operations.name_folding import fold_names_anew
from quiz.contest.operations.registration import AlreadyRegistered
from quiz.results.queries.result import contacts_of
from tests.factories import make_contest, make_participant

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)


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

    third = make_participant(session, keyring, contest, name="Nguyễn Văn Cường", phone="0912345678")

    assert third.phone_slot is None
    assert sorted(filter(None, session.scalars(select(Participant.phone_slot)))) == [1, 2]


def test_four_invented_names_do_not_keep_the_owner_of_a_phone_out(session, keyring):
    contest = make_contest(session, people_per_phone=4)
    invented = [make_participant(session, keyring, contest, name=f"Lò Bịa {at}", phone="0987654321") for at in "ABCD"]
    owner = make_participant(session, keyring, contest, name="Lò Thị Mẫu", phone="0987654321")

    confirm_phone(session, owner, now=NOW)

    places = [each.phone_slot for each in invented]
    assert owner.verified_at == NOW
    assert sorted([owner.phone_slot, *filter(None, places)]) == [1, 2, 3, 4]
    assert places.count(None) == 1


def test_a_place_of_somebody_who_confirmed_is_never_given_away(session, keyring):
    contest = make_contest(session, people_per_phone=2)
    family = [make_participant(session, keyring, contest, name=f"Lò Mẫu {at}", phone="0987654321") for at in "AB"]
    for each in family:
        confirm_phone(session, each, now=NOW)
    third = make_participant(session, keyring, contest, name="Lò Mẫu C", phone="0987654321")

    with pytest.raises(PhoneFull):
        confirm_phone(session, third, now=NOW)
    assert (third.verified_at, [each.phone_slot for each in family]) == (None, [1, 2])


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("H'Hen Niê Mẫu", "H’Hen Niê Mẫu"),
        ("H'Hen Niê Mẫu", "H´ Hen niê mẫu"),
        ("Đặng Thị Mẫu", "Ðặng Thị Mẫu"),
        ("Đặng Thị Mẫu", "ĐẶNG  THỊ MẪU"),
        ("Lò Thị Hoà", "Lò Thị Hòa"),
        ("Lò Thị Mẫu", "Lò Thị Mẫu."),
    ],
)
def test_look_alike_spellings_are_one_person(session, keyring, stored, typed):
    contest = make_contest(session)
    make_participant(session, keyring, contest, name=stored, phone="0987654321")

    with pytest.raises(AlreadyRegistered):
        make_participant(session, keyring, contest, name=typed, phone="0987654321")


def test_people_from_before_the_rule_of_names_are_folded_anew(session, keyring):
    contest = make_contest(session)
    old = make_participant(session, keyring, contest, name="H'Hen Niê Mẫu", phone="0987654321", birth_year=1990)
    plain = make_participant(session, keyring, contest, name="Lò Thị Mẫu", phone="0987654321", birth_year=1990)
    kept, of_names = plain.identity_hash, ("h'hen niê mẫu", "1990")
    old.identity_hash = keyring.mac("identity", str(contest.id), "0987654321", *of_names)
    old.name_version = plain.name_version = 1
    session.flush()

    assert fold_names_anew(session, keyring) == 1
    assert fold_names_anew(session, keyring) == 0
    assert plain.identity_hash == kept
    with pytest.raises(AlreadyRegistered):
        make_participant(session, keyring, contest, name="H’ hen niê mẫu", phone="0987654321", birth_year=1990)


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
