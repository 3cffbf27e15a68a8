"""Sign-in of accounts, and the reach of their permissions."""

import re

import pytest

from account.operations.account import is_password_right
from account.queries.account import find_account, units_where
from account.rules.permissions import Role
from account.views.pending_login import local_target
from app import ROOMS
from core.web.rooms import collect
from tests.factories import PASSWORD, make_account, make_contest, make_office, make_unit
from tests.support.codes import give_password
from tests.support.staff import enter

roles_with = collect(ROOMS).roles_with


@pytest.mark.both_databases
def test_a_role_covers_its_unit_and_the_units_below(session):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    commune, other = make_unit(session, parent=province), make_unit(session, name="xã khác")
    account = make_account(session, unit=province)

    assert units_where(session, account, roles_with("contest.manage")) == {province.id, commune.id}
    assert other.id not in units_where(session, account, roles_with("contest.manage"))


def test_a_page_queries_a_permission_once(app, session, client, monkeypatch):
    account, asked = make_account(session), []
    session.commit()
    enter(client, account)
    resolver = app.extensions["access"]
    monkeypatch.setitem(app.extensions, "access", lambda permission: asked.append(permission) or resolver(permission))

    client.get("/quan-tri/")

    assert {"console.see", "contest.manage", "contest.see", "office.see"} <= set(asked)
    assert len(asked) == len(set(asked))


def test_an_officer_manages_offices_and_no_contest(session):
    account = make_account(session, role=Role.MANAGER)

    assert units_where(session, account, roles_with("office.manage"))
    assert units_where(session, account, roles_with("contest.manage")) == frozenset()


@pytest.mark.both_databases
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
    create = ["account", "create", "An@Lang-Nghe.example", "--name", "An", "--role", "manager", "--unit", "02266"]

    weak = app.test_cli_runner().invoke(args=create, input="ngan\nngan\n")
    made = app.test_cli_runner().invoke(args=create, input=f"{PASSWORD}\n{PASSWORD}\n")
    twice = app.test_cli_runner().invoke(args=create, input=f"{PASSWORD}\n{PASSWORD}\n")

    assert ("ít nhất 12" in weak.output, made.exit_code, "đã có tài khoản" in twice.output) == (True, 0, True)
    assert find_account(session, " an@lang-nghe.example") is not None
    assert give_password(client, "AN@lang-nghe.example").status_code == 302


@pytest.mark.both_databases
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

    wrong, unknown = give_password(client, account.email, "sai mat khau"), give_password(client, "la@lang-nghe.example")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert "Thư điện tử hoặc mật khẩu chưa đúng" in wrong.text
    assert "Thư điện tử hoặc mật khẩu chưa đúng" in unknown.text


def test_a_foreign_units_contest_and_office_are_not_there(session, client):
    account, contest, office = make_account(session), make_contest(session), make_office(session)
    officer = make_account(session, role=Role.MANAGER)
    session.commit()
    enter(client, account)
    contest_page = client.get(f"/quan-tri/cuoc-thi/{contest.slug}")
    foreign = client.get(f"/quan-tri/danh-gia/{office.slug}")
    forbidden = client.get("/quan-tri/danh-gia/them")
    enter(client, officer)

    office_page = client.get(f"/quan-tri/danh-gia/{office.slug}")

    assert (contest_page.status_code, foreign.status_code, office_page.status_code) == (404, 404, 404)
    assert forbidden.status_code == 403


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/quan-tri/cuoc-thi/", "/quan-tri/cuoc-thi/"),
        ("/quan-tri/danh-gia/?tim=lam+binh&trang=2", "/quan-tri/danh-gia/?tim%3Dlam%2Bbinh%26trang%3D2"),
    ],
)
def test_a_stranger_gets_the_sign_in_itself_which_leads_back(client, path, back):
    reply = client.get(path)

    assert (reply.status_code, reply.headers["Cache-Control"]) == (401, "no-store")
    assert "Đăng nhập xong sẽ trở lại đúng trang" in reply.text
    assert f'action="/quan-tri/dang-nhap?next={back}"' in reply.text


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "\\\\evil", "/\\evil", "/%09/evil"[:1] + "\t/evil", "https://evil", "", None, "evil", "/a//b"],
)
def test_an_address_elsewhere_is_no_target_after_signing_in(target):
    assert local_target(target) is None


def test_a_path_of_ours_is_kept_after_signing_in(session, client):
    account = make_account(session, role=Role.MANAGER)
    session.commit()

    kept = give_password(client, account.email, target="?next=/quan-tri/danh-gia/%3Ftim%3Da")
    foreign = give_password(client, account.email, target="?next=//evil.example")

    assert (kept.location, foreign.location) == ("/quan-tri/danh-gia/?tim=a", "/quan-tri/")


def test_the_terminal_gives_several_roles_and_prints_a_link(app, session):
    make_unit(session, code="02266")
    session.commit()
    roles = ["--role", "writer", "--role", "approver", "--unit", "02266"]
    runner = app.test_cli_runner()

    runner.invoke(args=["account", "create", "b@xa.gov.vn", "--name", "Bình", *roles], input=f"{PASSWORD}\n" * 2)
    printed = runner.invoke(args=["account", "reset", "b@xa.gov.vn"]).output
    unknown = runner.invoke(args=["account", "reset", "la@xa.gov.vn"])

    assert sorted(grant.role for grant in find_account(session, "b@xa.gov.vn").grants) == ["approver", "writer"]
    assert re.fullmatch(r"http://lang-nghe\.example/quan-tri/vao/[A-Za-z0-9_-]{22}\n", printed)
    assert (unknown.exit_code, "Không có tài khoản nào" in unknown.output) == (1, True)
