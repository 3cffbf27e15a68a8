"""An administrator sees and changes accounts within their units, and not those above."""

import re
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import insert

from account.models import Account, Grant
from account.operations.account import build_account
from account.operations.roles import LastAdministrator, grant_role, revoke_role, switch_off
from account.queries.account import find_account
from account.rules.permissions import Role
from commune.operations import create_unit
from core import clock
from core.web.extensions import db
from tests.factories import MONDAY, make_account, make_unit
from tests.support.pages import Page
from tests.support.staff import enter, send

LIST = "/quan-tri/tai-khoan/danh-sach/"


@pytest.fixture
def province(session):
    return make_unit(session, name="tỉnh Tuyên Quang", kind="province")


@pytest.fixture
def commune(session, province):
    return make_unit(session, name="xã Lâm Bình", parent=province)


@pytest.fixture
def admin(session, client, province):
    account = make_account(session, role=Role.ADMINISTRATOR, unit=province)
    session.commit()
    enter(client, account)
    return account


def page_of(account):
    return f"{LIST}{account.id}"


def invitation(**changes):
    return {"email": "an@xa.gov.vn", "name": "Nguyễn Văn An", "role": "manager", "where": "lam binh"} | changes


def test_an_invitation_finds_the_unit_without_marks_and_shows_the_link_once(session, client, admin, commune):
    page = send(client, f"{LIST}moi", **invitation())

    account = find_account(session, "an@xa.gov.vn")
    assert page.status_code == 200
    assert re.search(r"http://lang-nghe\.example/quan-tri/vao/[A-Za-z0-9_-]{22}<", page.text)
    assert [(grant.role, grant.unit_id) for grant in account.grants] == [("manager", commune.id)]
    assert "/quan-tri/vao/" not in client.get(page_of(account)).text


def test_a_full_name_is_not_doubted_for_a_school_that_bears_it(session, client, admin, commune):
    make_unit(session, name="Trường THCS Lâm Bình", kind="school", parent=commune)
    session.commit()

    page = send(client, f"{LIST}moi", **invitation(where="xa lam binh"))

    assert page.status_code == 200
    assert [grant.unit_id for grant in find_account(session, "an@xa.gov.vn").grants] == [commune.id]


def test_a_commune_s_administrator_finds_the_commune_filled_in(session, client, commune):
    account = make_account(session, role=Role.ADMINISTRATOR, unit=commune)
    session.commit()
    enter(client, account)

    assert re.search(r'name="where"[^>]*value="xã Lâm Bình"', client.get(f"{LIST}moi").text)


def test_roles_and_devices_are_named_in_the_language_of_the_page(client, admin):
    invitation_page, own = client.get(f"{LIST}moi?lang=en").text, client.get("/quan-tri/tai-khoan?lang=en").text

    assert "<dt>One-stop manager</dt>" in invitation_page
    assert "Phụ trách" not in invitation_page
    assert "Chrome on Android" in own


def test_an_invitation_is_confirmed_with_person_role_and_unit(client, admin, commune):
    page = Page(send(client, f"{LIST}moi", **invitation()).text)

    assert "an@xa.gov.vn Phụ trách Một cửa, xã Lâm Bình" in page.text


def test_mistakes_in_an_invitation_are_listed_in_the_order_of_the_page(client, admin):
    page = send(client, f"{LIST}moi").text

    asked = ("Xin nhập thư điện tử.", "Xin nhập họ và tên.", "Xin chọn vai trò.", "Xin nhập tên đơn vị.")
    assert [page.index(each) for each in asked] == sorted(page.index(each) for each in asked)


def test_one_of_several_units_with_the_same_name_is_picked(session, client, admin, province, commune):
    other = make_unit(session, name="phường Lâm Bình", parent=province)
    session.commit()

    asked = send(client, f"{LIST}moi", **invitation())
    done = client.post(f"{LIST}moi", data=dict(Page(asked.text).forms[-1].filled(**invitation(unit=other.id))))

    assert (asked.status_code, done.status_code) == (422, 200)
    assert "xã Lâm Bình, tỉnh Tuyên Quang" in asked.text
    assert find_account(session, "an@xa.gov.vn").unit_id == other.id


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"where": "khong co dau"}, "Không thấy đơn vị này trong phạm vi của ông/bà"),
        ({"email": "an"}, "Chưa phải là địa chỉ thư điện tử"),
        ({"role": ""}, "Xin chọn vai trò"),
        ({"role": "emperor"}, "Xin chọn một mục trong danh sách"),
        ({"name": "\u200b"}, "Xin nhập họ và tên"),
    ],
)
def test_a_mistake_in_an_invitation_is_explained_and_kept(client, admin, commune, changes, message):
    page = send(client, f"{LIST}moi", **invitation(**changes))

    assert page.status_code == 422
    assert message in page.text


def test_an_address_with_an_account_is_refused_with_a_message(session, client, admin, commune):
    make_account(session, email="an@xa.gov.vn")
    session.commit()

    page = send(client, f"{LIST}moi", **invitation(email="AN@xa.gov.vn"))

    assert page.status_code == 422
    assert "đã có tài khoản" in page.text


def test_a_role_outside_ones_units_can_not_be_given(session, client, admin, commune):
    foreign = make_unit(session, name="xã Ở Nơi Khác")
    officer = make_account(session, role=Role.MANAGER, unit=commune)
    session.commit()

    by_name = send(client, page_of(officer), f"{page_of(officer)}/vai-tro", role="writer", where="Ở Nơi Khác")
    by_id = send(
        client, page_of(officer), f"{page_of(officer)}/vai-tro", role="writer", where="lam binh", unit=foreign.id
    )

    session.expire_all()
    assert (by_name.status_code, by_id.status_code) == (422, 302)
    assert {grant.unit_id for grant in officer.grants} == {commune.id}


def test_a_communes_administrator_can_not_change_accounts_with_roles_elsewhere(session, client, province, commune):
    admin = make_account(session, role=Role.ADMINISTRATOR, unit=commune)
    colleague = make_account(session, role=Role.ORGANISER, unit=province)
    grant_role(session, colleague, Role.WRITER, commune)
    stranger = make_account(session, role=Role.ORGANISER, unit=province)
    session.commit()
    enter(client, admin)
    deeds = ("tat", "bat", "duong-dan", "ket-thuc-phien", "rut-loi-moi")

    statuses = {send(client, page_of(colleague), f"{page_of(colleague)}/{deed}").status_code for deed in deeds}
    above = send(client, page_of(colleague), f"{page_of(colleague)}/vai-tro/organiser/{province.id}/thoi").status_code
    own = send(client, page_of(colleague), f"{page_of(colleague)}/vai-tro/writer/{commune.id}/thoi").status_code

    session.expire_all()
    assert (statuses, above, own) == ({404}, 404, 302)
    assert client.get(page_of(stranger)).status_code == 404
    assert [grant.role for grant in colleague.grants] == ["organiser"]


def test_a_role_given_and_taken_away_ends_its_access_at_once(app, session, client, admin, commune):
    officer = make_account(session, role=Role.MANAGER, unit=commune)
    session.commit()
    at = page_of(officer)

    send(client, at, f"{at}/vai-tro", role="inspector", where="xã Lâm Bình")
    theirs = enter(app.test_client(), officer)
    before = theirs.get("/quan-tri/cuoc-thi/").status_code
    send(client, at, f"{at}/vai-tro/inspector/{commune.id}/thoi")
    out = theirs.get("/quan-tri/cuoc-thi/").status_code
    back = enter(app.test_client(), officer).get("/quan-tri/cuoc-thi/").status_code

    assert (before, out, back) == (200, 401, 403)


def test_an_account_is_switched_off_and_on(app, session, client, admin, commune):
    officer = make_account(session, role=Role.MANAGER, unit=commune)
    session.commit()
    theirs, at = enter(app.test_client(), officer), page_of(officer)

    send(client, at, f"{at}/tat")
    off = theirs.get("/quan-tri/").status_code
    page = client.get(at).text
    send(client, at, f"{at}/bat")

    session.expire_all()
    assert (off, officer.is_active) == (401, True)
    assert "Đã tắt" in page


def test_switching_off_and_withdrawing_an_invitation_need_confirmation(session, client, admin, commune):
    officer = make_account(session, role=Role.MANAGER, unit=commune)
    invited = build_account(email="moi@xa.gov.vn", name="Lý Thị Mùi", role=Role.WRITER, unit=commune, now=clock.now())
    session.add(invited)
    session.commit()

    off, back = client.get(f"{page_of(officer)}/tat").text, client.get(f"{page_of(invited)}/rut-loi-moi").text
    tokenless = (
        client.post(f"{page_of(officer)}/tat").status_code,
        client.post(f"{page_of(invited)}/rut-loi-moi").status_code,
    )

    session.expire_all()
    assert "không đăng nhập được nữa" in off
    assert "Đường dẫn đã gửi cho người này không dùng được nữa." in back
    assert tokenless == (422, 422)
    assert (officer.is_active, invited.is_invited) == (True, True)


def test_an_account_already_off_or_an_invitation_already_accepted_gets_a_message(session, client, admin, commune):
    officer = make_account(session, role=Role.MANAGER, unit=commune)
    session.commit()
    at = page_of(officer)
    send(client, at, f"{at}/tat")

    off = client.get(f"{at}/tat", follow_redirects=True).text
    accepted = client.get(f"{at}/rut-loi-moi", follow_redirects=True).text

    assert "Tài khoản này đang tắt." in off
    assert "Người này đã nhận lời mời." in accepted


def test_switching_off_ones_own_account_shows_a_warning(session, client, admin):
    assert "phải nhờ người quản trị khác" in client.get(f"{page_of(admin)}/tat").text


@pytest.mark.both_databases
def test_the_last_administrator_stays(session, client, admin):
    at = page_of(admin)
    invited = build_account(
        email="moi@xa.gov.vn", name="Mời", role=Role.ADMINISTRATOR, unit=admin.unit, now=clock.now()
    )
    session.add(invited)
    session.commit()

    pages = [
        send(client, at, f"{at}/tat"),
        send(client, at, f"{at}/vai-tro/administrator/{admin.unit_id}/thoi"),
    ]

    session.expire_all()
    assert [page.status_code for page in pages] == [302, 302]
    assert "Đây là người quản trị cuối cùng." in client.get(at).text
    assert (admin.is_active, len(admin.grants)) == (True, 1)


@pytest.mark.both_databases
@pytest.mark.parametrize("deed", ["switch", "role"])
def test_two_administrators_who_remove_each_other_at_once_leave_one(app, session, deed):
    ids = [make_account(session, role=Role.ADMINISTRATOR).id for _ in range(2)]
    session.commit()
    session.close()
    barrier, results = Barrier(2), []

    def remove(id):
        with app.app_context():
            account = db.session.get(Account, id)
            unit_id = account.unit_id
            barrier.wait()
            try:
                if deed == "switch":
                    switch_off(db.session, account)
                else:
                    revoke_role(db.session, account, "administrator", unit_id)
                db.session.commit()
                results.append("removed")
            except LastAdministrator:
                db.session.rollback()
                results.append("kept")

    threads = [Thread(target=remove, args=(id,)) for id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["kept", "removed"]


@pytest.fixture
def hundred(session, province):
    """Create a hundred officers in twenty communes."""
    communes = [make_unit(session, name=f"xã Số {at}", parent=province) for at in range(20)]
    for at in range(100):
        account = build_account(
            email=f"canbo{at:03}@xa.gov.vn", name=f"Đặng Thuý {at:03}", role=Role.MANAGER, unit=communes[at % 20],
            now=MONDAY,
        )  # fmt: skip
        session.add(account)
    session.commit()


@pytest.mark.both_databases
def test_a_list_pages_searches_and_sorts_by_its_address(client, admin, hundred):
    first, fourth = client.get(LIST).text, client.get(f"{LIST}?trang=4&sap-xep=thu").text
    found = client.get(LIST, query_string={"tim": "dang thuy 042"}).text
    by_mail = client.get(LIST, query_string={"tim": "CANBO07"}).text

    assert first.count('<th scope="row"') == 25
    assert "101 tài khoản" in first
    assert "trang=5" in fourth
    assert "sap-xep=thu" in fourth
    assert found.count('<th scope="row"') == 1
    assert by_mail.count('<th scope="row"') == 10


def test_accounts_without_a_recent_sign_in_are_sorted_first(session, client, admin, province):
    for name, days in (("Ma Văn Tú", 1), ("Lò Thị Bé", 40), ("Chảo A Lử", None)):
        account = make_account(session, unit=province)
        account.name, account.signed_in_at = name, None if days is None else clock.now() - timedelta(days=days)
    session.commit()

    page = Page(client.get(f"{LIST}?sap-xep=vao").text).text

    assert admin.signed_in_at
    places = [page.index(name) for name in ("Chảo A Lử", "Lò Thị Bé", "Ma Văn Tú", "Đánh dấu Trần Thị Bình")]
    assert places == sorted(places)
    assert "chưa lần nào" in page


@pytest.mark.parametrize("query", ["sap-xep=' OR 1=1", "sap-xep=password_hash", "trang=-1", "tim=%25", "tim=' OR 1=1"])
def test_a_strange_address_is_answered(client, admin, hundred, query):
    assert client.get(f"{LIST}?{query}").status_code == 200


def test_a_list_is_read_in_as_few_statements_for_many_as_for_few(session, client, admin, hundred, count_queries):
    client.get(f"{LIST}?tim=042")
    few = len(count_queries)
    count_queries.clear()

    client.get(LIST)

    assert len(count_queries) == few <= 8


@pytest.mark.both_databases
def test_a_list_of_ten_thousand_accounts_is_fast(session, client, admin, province):
    now = {"password_hash": "x", "is_active": True, "created_at": MONDAY, "unit_id": province.id}
    rows = [
        {"id": at, "email": f"a{at}@xa.gov.vn", "name": "An", "search_key": f"an a{at}@xa.gov.vn", "sort_key": f"{at}"}
        | now
        for at in range(1000, 11_000)
    ]
    session.execute(insert(Account), rows)
    grants = [{"account_id": row["id"], "role": "manager", "unit_id": province.id} for row in rows]
    session.execute(insert(Grant), grants)
    session.commit()
    started = clock.now()

    page = client.get(f"{LIST}?trang=200").text

    assert "10.001 tài khoản" in page
    assert (clock.now() - started).total_seconds() < 2


def test_a_refusal_of_the_command_is_one_line_without_the_typed_text(session, client, admin, caplog):
    foreign = make_account(session, email="bi-mat@xa.gov.vn")
    session.commit()

    client.get(f"{page_of(foreign)}?tim=%0d%0aERROR%1b[31m")
    client.get("/quan-tri/cuoc-thi/them")

    lines = [record.getMessage() for record in caplog.records]
    assert lines == [
        f"refused 404: account {admin.id} at account_manage.account",
        f"refused 403: account {admin.id} at quiz_manage.new_contest",
    ]


def test_every_page_of_the_staffs_says_who_is_signed_in(client, session):
    unit = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    account = make_account(session, role=Role.ADMINISTRATOR, unit=unit)
    session.commit()
    desk = enter(client, account)

    heads = [
        Page(desk.get(path).text).text
        for path in ("/quan-tri/", "/quan-tri/danh-gia/", "/quan-tri/tai-khoan", "/quan-tri/nhat-ky/")
    ]

    assert ["Trần Thị Bình tỉnh Tuyên Quang" in head for head in heads] == [True] * 4


def test_roles_before_and_after_the_merger_are_distinguished(client, session):
    today = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    past = create_unit(
        session, code="08", kind="province", name="tỉnh Tuyên Quang", valid_from=date(2004, 7, 1),
        valid_to=date(2025, 7, 1),
    )  # fmt: skip
    account = make_account(session, role=Role.ADMINISTRATOR, unit=today)
    account.grants.append(Grant(role=Role.ADMINISTRATOR.value, unit_id=past.id))
    session.commit()
    desk = enter(client, account)

    pages = [Page(desk.get(path).text).text for path in ("/quan-tri/tai-khoan", LIST, f"{LIST}{account.id}")]

    assert ["tỉnh Tuyên Quang (địa giới trước 1/7/2025)" in page for page in pages] == [True] * 3
