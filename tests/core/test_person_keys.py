"""One key per person: deleting it erases the person."""

import pytest

from core.crypto import Keyring, SealBroken
from core.person_keys import PersonKey, create_person, find_person

pytestmark = pytest.mark.both_databases


def test_a_person_found_again_has_the_same_key(session, keyring):
    person = create_person(session, keyring)
    sealed = person.seal("Hoàng Thị Mai")
    session.flush()

    assert find_person(session, keyring, person.id).unseal(sealed) == "Hoàng Thị Mai"


def test_deleting_the_key_erases_the_person(session, keyring):
    person = create_person(session, keyring)
    session.flush()

    session.delete(session.get(PersonKey, person.id))
    session.flush()

    assert find_person(session, keyring, person.id) is None


def test_another_master_key_opens_no_personal_data(session, keyring):
    person = create_person(session, keyring)
    session.flush()

    with pytest.raises(SealBroken):
        find_person(session, Keyring(bytes(32)), person.id)


def test_one_person_can_not_open_what_belongs_to_another(session, keyring):
    first, second = create_person(session, keyring), create_person(session, keyring)

    with pytest.raises(SealBroken):
        second.unseal(first.seal("Hoàng Thị Mai"))
