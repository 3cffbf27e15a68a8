"""A role beyond a colleague's units: announced, confirmed, and explained to both people."""

import json
import re

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.account import is_password_right
from account.operations.links import make_link
from account.queries.account import find_account, has_factor
from account.queries.kinship import kinship_of
from account.rules.permissions import Role
from core import clock
from tests.factories import PASSWORD, make_account, make_unit
from tests.support.codes import give_password, give_telephone
from tests.support.staff import desk, enter, send

LIST = "/quan-tri/tai-khoan/danh-sach/"
WIDENED = "Vai trò của ông/bà vừa được mở rộng"


@pytest.fixture
def admin(session, client):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    account = make_account(session, role=Role.ADMINISTRATOR, unit=province)
    session.commit()
    enter(client, account)
    return account


@pytest.fixture
def colleague(session, admin):
    account = make_account(session, role=Role.MANAGER, unit=make_unit(session, name="xã Lâm Bình", parent=admin.unit))
    make_unit(session, name="xã Thượng Lâm", parent=admin.unit)
    session.commit()
    return account


def give(client, account, **more):
    at = f"{LIST}{account.id}"
    return send(client, at, f"{at}/vai-tro", **{"role": "approver", "where": "thuong lam"} | more)


def test_the_consequences_are_shown_and_nothing_changes_before_confirmation(session, client, keyring, colleague):
    give_telephone(keyring, colleague)
    session.commit()

    page = give(client, colleague)

    session.expire_all()
    assert page.status_code == 200
    assert "sẽ phải đặt lại mật khẩu, vì xã Thượng Lâm nằm ngoài" in page.text
    assert "các mã khôi phục cũ cũng bị bỏ" in page.text
    assert (len(colleague.grants), has_factor(session, colleague)) == (1, True)
    assert is_password_right(colleague, PASSWORD)


def test_the_question_s_own_button_gives_the_role_and_shows_why_there_is_a_link(session, client, colleague):
    question = give(client, colleague).text
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', question))
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', question)

    page = client.post(f"{LIST}{colleague.id}/vai-tro", data=sent | {"csrf_token": token[1]})

    session.expire_all()
    assert "đã có vai trò Người phê duyệt tại xã Thượng Lâm" in page.text
    assert "phải đặt mật khẩu mới" in page.text
    assert "/quan-tri/vao/" in page.text
    assert {grant.role for grant in colleague.grants} == {"manager", "approver"}


def test_the_link_and_the_dropped_factor_are_in_the_trail(session, client, keyring, admin, colleague):
    give_telephone(keyring, colleague)
    session.commit()

    give(client, colleague, role="writer", sure="y")

    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [entry.action for entry in entries] == ["role.give", "account.link"]
    assert json.loads(entries[0].after)["drops_factor"] is True
    assert [tie.action for tie in kinship_of(session, admin.id, colleague.id).ties] == ["account.link"]


def test_a_role_within_the_units_is_given_without_a_question(session, client, colleague):
    assert give(client, colleague, where="lam binh").status_code == 302


def test_an_invited_account_gets_another_invitation(session, client, colleague):
    send(client, f"{LIST}moi", email="an@xa.gov.vn", name="Nguyễn Văn An", role="manager", where="lam binh")
    invited = find_account(session, "an@xa.gov.vn")

    question, page = give(client, invited).text, give(client, invited, sure="y").text

    assert "Đường dẫn mời đã gửi không dùng được nữa" in question
    assert "Đường dẫn mời mới" in page


def test_a_signed_out_account_learns_the_reason(app, client, colleague):
    theirs = desk(app, colleague)
    give_password(theirs, colleague.email)
    give(client, colleague, sure="y")

    out = theirs.get("/quan-tri/")
    again = give_password(theirs, colleague.email)

    assert out.status_code == 401
    assert WIDENED in out.text
    assert WIDENED in again.text


def test_a_wrong_password_does_not_reveal_the_wider_role(app, client, colleague):
    give(client, colleague, sure="y")
    stranger = app.test_client()

    known = give_password(stranger, colleague.email).text
    unknown = give_password(stranger, "khong-co@xa.gov.vn").text

    assert WIDENED not in known
    assert re.sub(r'value="[^"]*"', "", known) == re.sub(r'value="[^"]*"', "", unknown)


@pytest.mark.parametrize("is_for_role", [True, False])
def test_the_link_page_explains_why_the_old_password_has_ended(session, client, colleague, is_for_role):
    secret = make_link(session, colleague, now=clock.now(), is_for_role=is_for_role)
    session.commit()

    page = client.get(f"/quan-tri/vao/{secret}", follow_redirects=True).text

    assert (WIDENED in page) is is_for_role
