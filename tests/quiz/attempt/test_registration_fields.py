"""The bloc and the further fields of a registration, kept under the person's own key."""

import json

import pytest
from sqlalchemy import select, text

from core.person_keys import find_person
from privacy.models import Consent
from quiz.contest.models import Participant
from quiz.contest.rules.fields import FieldError, RegistrationField, read_fields, written_fields
from quiz.persons.operations.erasure import forget_participants
from quiz.persons.queries.held import copy_of
from tests.factories import MONDAY, make_contest, this_monday
from tests.support.pages import Page

JOB = RegistrationField("Nghề nghiệp", ("nông dân", "công nhân"), is_required=True)
PLACE = RegistrationField("Nơi làm việc")
GIVEN = {"name": "Giàng A Páo", "phone": "0912345678", "birth_year": "1971", "consent": "y"}


@pytest.fixture
def contest(session):
    contest = make_contest(session, first_day=this_monday(), blocs=("Cán bộ", "Người dân"))
    contest.fields = [JOB.to_dict(), PLACE.to_dict()]
    session.commit()
    return contest


def register(client, contest, **answers):
    path = f"/thi/{contest.slug}/dang-ky"
    form = Page(client.get(path).text).form("?gui")
    return client.post(f"{path}?gui", data=dict(form.filled(**GIVEN, **answers)))


def test_a_bloc_and_the_answers_are_kept_under_the_persons_key(session, keyring, client, contest):
    reply = register(client, contest, bloc="2", more1="nông dân", more2="Hợp tác xã Mẫu")

    person = session.scalars(select(Participant)).one()
    assert (reply.status_code, person.bloc) == (201, 2)
    assert session.scalars(select(Consent.wording)).all() == ["2026-12"]
    opened = find_person(session, keyring, person.person_id).unseal(person.extra)
    assert json.loads(opened) == {"Nghề nghiệp": "nông dân", "Nơi làm việc": "Hợp tác xã Mẫu"}
    assert "Hợp tác xã Mẫu" not in str(session.execute(text("SELECT * FROM quiz_participant")).all())


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"more1": "nông dân"}, "Xin chọn đối tượng dự thi."),
        ({"bloc": "2"}, "Xin trả lời mục “Nghề nghiệp”."),
        ({"bloc": "2", "more1": "nông dân", "more2": "x" * 81}, "nhiều nhất 80 chữ"),
    ],
)
def test_a_missing_answer_is_asked_for_and_nothing_typed_is_lost(session, client, contest, answers, words):
    reply = register(client, contest, **answers)

    assert reply.status_code == 422
    assert words in reply.text
    assert 'value="Giàng A Páo"' in reply.text
    assert session.scalars(select(Participant)).all() == []


def test_the_answers_are_in_a_persons_copy_and_go_with_the_erasure(session, keyring, client, contest):
    register(client, contest, bloc="1", more1="công nhân")
    person = session.scalars(select(Participant)).one()

    lines = [line for section in copy_of(session, keyring, [person.id]) for line in section.lines]
    forget_participants(session, keyring, [person.id], MONDAY)

    session.refresh(person)
    assert ("Nghề nghiệp", "công nhân") in [tuple(each) for line in lines for each in line]
    assert ("Đối tượng dự thi", "Cán bộ") in [tuple(each) for line in lines for each in line]
    assert person.extra is None


def test_fields_are_read_as_they_are_written():
    assert read_fields(written_fields([JOB, PLACE])) == [JOB, PLACE]
    assert read_fields("") == []


@pytest.mark.parametrize(
    "line", ["Số CCCD", "Địa chỉ nhà", "Dân tộc: Kinh; Tày", "Nghề: một", "A\nB\nC\nD", "Nghề\nnghề", "x" * 41]
)
def test_sensitive_and_unclear_fields_are_refused(line):
    with pytest.raises(FieldError):
        read_fields(line)


def test_a_contest_without_fields_asks_nothing_more(session, client):
    contest = make_contest(session, first_day=this_monday())
    session.commit()

    page = client.get(f"/thi/{contest.slug}/dang-ky").text

    assert "more1" not in page
    assert 'name="bloc"' not in page
