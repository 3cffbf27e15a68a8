"""The bloc and the further fields of a registration, kept under the person's own key."""

import json
import re

import pytest
from sqlalchemy import select, text

from core.person_keys import find_person
from privacy.models import Consent
from quiz.contest.models import Participant
from quiz.contest.rules.fields import FieldError, RegistrationField, read_fields, written_fields
from quiz.persons.operations.erasure import forget_participants
from quiz.persons.queries.held import copy_of
from tests.factories import MONDAY, make_account, make_contest, this_monday
from tests.support.pages import Page
from tests.support.sheets import pages_of, words_on
from tests.support.staff import desk, send

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


def test_the_consent_that_names_the_further_fields_is_in_the_language_of_the_page(client, contest):
    page = client.get(f"/thi/{contest.slug}/dang-ky?lang=en").text

    assert "I agree that the organisers keep the information I give on this page" in page
    assert "Tôi đồng ý" not in page


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


def test_a_sheet_has_the_bloc_and_the_further_fields_and_both_are_compared(app, session, keyring, contest):
    accounts = [make_account(session, unit=contest.unit) for _ in range(2)]
    session.commit()
    one, other = (desk(app, account) for account in accounts)
    page = f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1/phieu-giay"
    words = " ".join(map(words_on, pages_of(send(one, page, quantity=1, is_checked="y").data)))
    facts = {**GIVEN, "unit": contest.units[0].unit_id, "bloc": "2", "more1": "nông dân", "more2": "Hợp tác xã Mẫu"}

    without = send(one, f"{page}/1", **facts | {"more1": "", "bloc": ""})
    first = send(one, f"{page}/1", **facts)
    differing = send(other, f"{page}/1", **facts | {"more1": "công nhân", "bloc": "1"})
    second = send(other, f"{page}/1", **facts)

    assert all(said in words for said in ("Nghề nghiệp, đánh dấu một ô:", "công nhân", "Nơi làm việc:", "Người dân"))
    assert (without.status_code, "Xin trả lời mục “Nghề nghiệp”." in without.text) == (422, True)
    assert (first.status_code, differing.status_code, second.status_code) == (302, 409, 302)
    assert re.search(r'</legend>\s*<p class="hint"[^>]*><b class="first-read">Lần một nhập: Người dân<', differing.text)
    assert "lần một nhập “Nghề nghiệp: nông dân; Nơi làm việc: Hợp tác xã Mẫu”" in differing.text
    assert "Đối tượng dự thi: lần một nhập “Người dân”" in differing.text
    person = session.scalars(select(Participant)).one()
    assert person.bloc == 2
    opened = find_person(session, keyring, person.person_id).unseal(person.extra)
    assert json.loads(opened) == {"Nghề nghiệp": "nông dân", "Nơi làm việc": "Hợp tác xã Mẫu"}
