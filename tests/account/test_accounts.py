"""Who may sign in, and where their permissions reach."""

import re

import pytest

from account.operations.account import is_password_right
from account.queries.account import find_account, units_where
from account.rules.permissions import Role
from account.views.sign_in import local_target
from tests.factories import PASSWORD, make_account, make_contest, make_office, make_unit


def sign_in(client, email, password=PASSWORD, target=""):
    page = client.get("/quan-tri/dang-nhap").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    data = {"csrf_token": token, "email": email, "password": password}
    return client.post(f"/quan-tri/dang-nhap{target}", data=data)


def test_a_role_reaches_its_unit_and_what_lies_below(session):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    commune, other = make_unit(session, parent=province), make_unit(session, name="xã khác")
    account = make_account(session, unit=province)

    assert units_where(session, account, "contest.manage") == {province.id, commune.id}
    assert other.id not in units_where(session, account, "contest.manage")


def test_a_page_asks_for_a_permission_once(app, session, client, monkeypatch):
    account, asked = make_account(session), []
    session.commit()
    sign_in(client, account.email)
    resolver = app.extensions["access"]
    monkeypatch.setitem(app.extensions, "access", lambda permission: asked.append(permission) or resolver(permission))

    client.get("/quan-tri/")

    assert sorted(asked) == [
        "approval.decide",
        "audit.see",
        "console.see",
        "contest.manage",
        "contest.see",
        "office.see",
    ]


def test_an_officer_manages_offices_and_no_contest(session):
    account = make_account(session, role=Role.MANAGER)

    assert units_where(session, account, "office.manage")
    assert units_where(session, account, "contest.manage") == frozenset()


def test_the_password_opens_its_account_alone(session):
    account = make_account(session)

    assert is_password_right(account, PASSWORD)
    assert not is_password_right(account, PASSWORD + "x")
    assert not is_password_right(None, PASSWORD)


def test_a_short_password_is_refused(app):
    result = app.test_cli_runner().invoke(
        args=["account", "create", "a@lang-nghe.example", "--name", "An", "--role", "organiser", "--unit", "02266"],
        input="ngan\nngan\n",
    )

    assert result.exit_code == 1
    assert "Không có đơn vị nào" in result.output


def test_the_terminal_creates_an_account_that_signs_in(app, session, client):
    make_unit(session, code="02266")
    session.commit()
    create = ["account", "create", "An@Lang-Nghe.example", "--name", "An", "--role", "organiser", "--unit", "02266"]

    weak = app.test_cli_runner().invoke(args=create, input="ngan\nngan\n")
    made = app.test_cli_runner().invoke(args=create, input=f"{PASSWORD}\n{PASSWORD}\n")
    twice = app.test_cli_runner().invoke(args=create, input=f"{PASSWORD}\n{PASSWORD}\n")

    assert ("ít nhất 12" in weak.output, made.exit_code, "đã có tài khoản" in twice.output) == (True, 0, True)
    assert find_account(session, " an@lang-nghe.example") is not None
    assert sign_in(client, "AN@lang-nghe.example").status_code == 302


@pytest.mark.parametrize(
    ("email", "name", "mistake"),
    [
        ("khong-phai-thu", "An", "chưa phải là địa chỉ thư điện tử"),
        ("a@b", "An", "chưa phải là địa chỉ thư điện tử"),
        ("a@xa.gov.vn", "  ", "Xin ghi họ và tên"),
    ],
)
def test_the_terminal_refuses_an_address_or_a_name_that_is_none(app, session, email, name, mistake):
    make_unit(session, code="02266")
    session.commit()
    create = ["account", "create", email, "--name", name, "--role", "manager", "--unit", "02266"]

    done = app.test_cli_runner().invoke(args=create, input=f"{PASSWORD}\n{PASSWORD}\n")

    assert done.exit_code == 1
    assert mistake in done.output


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(session, client):
    account = make_account(session)
    session.commit()

    wrong, unknown = sign_in(client, account.email, "sai mat khau"), sign_in(client, "la@lang-nghe.example")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert "Thư điện tử hoặc mật khẩu chưa đúng" in wrong.text
    assert "Thư điện tử hoặc mật khẩu chưa đúng" in unknown.text


def test_a_switched_off_account_is_out_at_once(session, client):
    account = make_account(session)
    session.commit()
    sign_in(client, account.email)
    inside = client.get("/quan-tri/")
    account.is_active = False
    session.commit()

    outside = client.get("/quan-tri/")

    assert (inside.status_code, outside.status_code) == (200, 302)


def test_a_foreign_units_contest_and_office_are_not_there(session, client):
    account, contest, office = make_account(session), make_contest(session), make_office(session)
    officer = make_account(session, role=Role.MANAGER)
    session.commit()
    sign_in(client, account.email)
    contest_page = client.get(f"/quan-tri/cuoc-thi/{contest.slug}")
    foreign = client.get(f"/quan-tri/danh-gia/{office.slug}")
    forbidden = client.get("/quan-tri/danh-gia/them")
    sign_in(client, officer.email)

    office_page = client.get(f"/quan-tri/danh-gia/{office.slug}")

    assert (contest_page.status_code, foreign.status_code, office_page.status_code) == (404, 404, 404)
    assert forbidden.status_code == 403


def test_a_stranger_is_sent_to_the_sign_in(client):
    reply = client.get("/quan-tri/cuoc-thi/")

    assert reply.status_code == 302
    assert reply.location.startswith("/quan-tri/dang-nhap")


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "\\\\evil", "/\\evil", "/%09/evil"[:1] + "\t/evil", "https://evil", "", None, "evil", "/a//b"],
)
def test_nobody_is_sent_elsewhere_after_signing_in(target):
    assert local_target(target) is None


def test_a_path_of_ours_is_kept_after_signing_in(session, client):
    account = make_account(session)
    session.commit()

    assert sign_in(client, account.email, target="?next=/quan-tri/cuoc-thi/").location == "/quan-tri/cuoc-thi/"
    assert sign_in(client, account.email, target="?next=//evil.example").location == "/quan-tri/"
