"""Actions on several accounts at once, and undoing a switch-off from the message."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from sqlalchemy import select

from account.models import Account, AuditEntry
from account.operations import many
from account.operations.links import invite
from account.operations.roles import grant_role
from account.rules.permissions import Role
from core import clock
from tests.factories import make_account, make_unit
from tests.support.staff import cookie_of, desk, enter, send

LIST = "/quan-tri/tai-khoan/danh-sach/"


@pytest.fixture
def unit(session):
    return make_unit(session, name="xã Lâm Bình", parent=make_unit(session, name="tỉnh Tuyên Quang", kind="province"))


@pytest.fixture
def admin(session, client, unit):
    account = make_account(session, role=Role.ADMINISTRATOR, unit=unit)
    session.commit()
    enter(client, account)
    return account


@pytest.fixture
def two(session, unit):
    made = [make_account(session, role=Role.MANAGER, unit=unit) for _ in range(2)]
    session.commit()
    return made


def page(deed, *accounts):
    return f"{LIST}nhieu/{deed}?" + "&".join(f"tk={account.id}" for account in accounts)


def do(client, deed, *accounts):
    return send(client, page(deed, *accounts), tk=[str(account.id) for account in accounts])


def off(session):
    session.expire_all()
    return list(session.scalars(select(Account.id).where(Account.is_active.is_(False)).order_by(Account.id)))


def deeds(session):
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_skipped_accounts_are_listed_with_the_reason_and_stay_unchanged(session, client, unit, admin, two):
    further = make_account(session, role=Role.MANAGER, unit=unit)
    grant_role(session, further, Role.WRITER, unit.parent)
    waiting = invite(session, email="an@xa.gov.vn", name="An", role=Role.WRITER, unit=unit, now=clock.now())
    session.commit()

    shown = client.get(page("tat", admin, *two, further, waiting)).text
    do(client, "tat", admin, *two, further, waiting)

    assert "Tắt 2 tài khoản" in shown
    assert "Bỏ qua 3 tài khoản" in shown
    for reason in ("đang dùng<", "đơn vị khác hoặc cấp trên<", "chưa nhận lời mời<"):
        assert reason in shown
    assert off(session) == [each.id for each in two]
    assert deeds(session) == ["account.off", "account.off"]


def test_the_page_says_when_every_account_is_passed_over(client, admin, two):
    shown = client.get(page("bat", *two)).text

    assert "Không có tài khoản nào phải bật lại" in shown
    assert "Bật lại 0" not in shown


def test_the_message_can_undo_switching_off(session, client, admin, two):
    do(client, "tat", *two)

    notice = client.get(LIST).text.split('class="notice good"')[1].split("</div>")[0]
    send(client, LIST, f"{LIST}nhieu/bat", tk=re.findall(r'name="tk" value="(\d+)"', notice))

    assert f'action="{LIST}nhieu/bat"' in notice
    assert off(session) == []
    assert deeds(session)[2:] == ["account.on", "account.on"]


def test_the_message_after_switching_off_has_an_undo_button(session, client, admin, two):
    send(client, f"{LIST}{two[0].id}/tat")

    notice = client.get(f"{LIST}{two[0].id}").text.split('class="notice good"')[1].split("</div>")[0]

    assert f'action="{LIST}{two[0].id}/bat"' in notice


def test_switching_everyone_off_keeps_the_last_administrators(session, client, admin):
    outside = make_account(session, role=Role.MANAGER, unit=admin.unit)
    session.commit()

    do(client, "tat", admin, outside)

    assert off(session) == [outside.id]


def test_several_are_signed_out_everywhere_at_once(app, session, client, admin, two):
    for account in two:
        cookie_of(app, account.email)

    do(client, "dang-xuat", *two)

    ended = [entry.changes for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number))]
    assert ended == [[("sessions", None, 1)], [("sessions", None, 1)]]


def test_ended_sessions_have_a_label_in_old_audit_entries_too(app):
    words = app.extensions["rooms"].field_words

    assert words("account.sign_out", "sessions") == "số nơi đã đăng xuất"
    assert words("account.sign_out", "wiped") == "số nơi đã đăng xuất"
    assert words("rehearsal.wipe", "wiped") == "lượt đã xóa"


def test_open_invitations_are_sent_again_each_with_a_new_link(session, client, unit, admin, two):
    waiting = [
        invite(session, email=f"an{at}@xa.gov.vn", name=f"An {at}", role=Role.WRITER, unit=unit, now=clock.now())
        for at in range(2)
    ]
    session.commit()

    reply = do(client, "moi-lai", *waiting, two[0])

    links = re.findall(r"http://lang-nghe\.example/quan-tri/vao/[A-Za-z0-9_-]{22}", reply.text)
    assert len(set(links)) == 2
    assert client.get(links[0].removeprefix("http://lang-nghe.example")).status_code in (200, 302)
    assert deeds(session) == ["account.link", "account.link"]


@pytest.mark.parametrize("query", ["", "tk=x", "tk=999999999", "tk=99999999999999"])
def test_ticking_nothing_shows_a_message(client, admin, query):
    shown = client.get(f"{LIST}nhieu/tat?{query}", follow_redirects=True).text

    assert "Chưa đánh dấu tài khoản nào" in shown


def test_accounts_of_elsewhere_are_not_named(session, client, admin):
    foreign = make_account(session, role=Role.MANAGER, unit=make_unit(session, name="xã Khác"), email="la@khac.gov.vn")
    session.commit()

    shown = client.get(page("tat", foreign), follow_redirects=True).text

    assert "la@khac.gov.vn" not in shown
    assert "Chưa đánh dấu tài khoản nào" in shown


@pytest.mark.parametrize("backend", ["postgresql"])  # SQLite has one writer
def test_a_bulk_action_and_a_role_given_at_once_wait_for_one_another(monkeypatch, app, session, unit, admin, two):
    other, at, telling = make_account(session, role=Role.ADMINISTRATOR, unit=unit), f"{LIST}{two[1].id}", Event()
    session.commit()
    first, second, tell = desk(app, admin), desk(app, other), many.record

    def slowly(*args, **more):
        tell(*args, **more)
        telling.set()
        sleep(1)

    monkeypatch.setattr(many, "record", slowly)
    with ThreadPoolExecutor(2) as pool:
        switching = pool.submit(do, first, "tat", *two)
        telling.wait(10)
        giving = pool.submit(send, second, at, f"{at}/vai-tro", role="writer", where="xã Lâm Bình")
        statuses = switching.result(20).status_code, giving.result(20).status_code

    assert statuses == (302, 302)
    assert off(session) == [each.id for each in two]


@pytest.mark.parametrize("backend", ["postgresql"])  # SQLite has one writer
def test_two_concurrent_bulk_actions_against_each_other_leave_one_account(monkeypatch, app, session, unit, admin, two):
    other, third = (make_account(session, role=Role.ADMINISTRATOR, unit=unit) for _ in range(2))
    session.commit()
    first, second, telling, tell = desk(app, admin), desk(app, other), Event(), many.record

    def slowly(*args, **more):
        tell(*args, **more)
        telling.set()
        sleep(0.5)

    monkeypatch.setattr(many, "record", slowly)
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(do, first, "tat", other, third, *two)
        telling.wait(10)
        another = pool.submit(do, second, "tat", *reversed(two), third, admin)
        statuses = one.result(20).status_code, another.result(20).status_code

    assert statuses == (302, 302)
    assert off(session) == sorted(each.id for each in (*two, other, third))
    assert deeds(session) == ["account.off"] * 4


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_bulk_action_and_a_single_one_at_once_wait_for_one_another(app, session, unit, admin, two):
    others = [make_account(session, role=Role.ADMINISTRATOR, unit=unit) for _ in range(6)]
    session.commit()
    first, second = desk(app, admin), desk(app, others[0])
    ways = [f"{LIST}{each.id}" for each in others[:0:-1]]

    with ThreadPoolExecutor(2) as pool:
        many_at_once = pool.submit(do, first, "tat", *two, *others[1:])
        singly = pool.submit(lambda: [send(second, way, f"{way}/tat").status_code for way in ways])
        statuses = {many_at_once.result(20).status_code, *singly.result(20)}

    assert statuses == {302}
    assert off(session) == sorted(each.id for each in (*two, *others[1:]))
