"""Sessions as rows, each of which can be ended at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.labels import device_words
from account.models import AccountSession
from account.operations.account import set_password
from account.operations.roles import grant_role, revoke_role, switch_off
from account.operations.sessions import end_sessions, open_session, purge_sessions
from account.queries.sessions import find_session
from account.rules.permissions import Role
from core import clock
from tests.factories import MONDAY, make_account
from tests.support.codes import give_password
from tests.support.staff import enter, send

HOME, MINE = "/quan-tri/", "/quan-tri/tai-khoan"


@pytest.fixture
def officer(session):
    account = make_account(session, role=Role.MANAGER)
    session.commit()
    return account


def another_browser(app, account):
    return enter(app.test_client(), account)


def test_a_signed_in_browser_is_named_and_its_token_is_nowhere_in_the_database(session, client, officer):
    client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36"
    give_password(client, officer.email)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]

    row = session.scalars(select(AccountSession)).one()

    assert (row.device, row.account_id) == ("Chrome trên Android", officer.id)
    assert token.encode() not in row.token_hash
    assert "_id" not in dict(cookie)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Mobile/15E148 Safari/604.1", "Safari trên iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 coc_coc_browser/110.0 Chrome/104.0", "Cốc Cốc trên Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge trên Windows"),
        ("<script>alert(1)</script>\x1b[31m", "Trình duyệt khác"),
        ("", "Trình duyệt khác"),
    ],
)
def test_a_device_is_shown_in_our_own_words(agent, words):
    assert device_words(agent) == words


@pytest.mark.both_databases
@pytest.mark.parametrize("ending", ["password", "role", "switch", "higher role", "elsewhere"])
def test_ended_sessions_are_refused_at_the_next_request(session, client, officer, ending):
    make_account(session, role=Role.ADMINISTRATOR)
    session.commit()
    enter(client, officer)
    inside = client.get(HOME).status_code

    match ending:
        case "password":
            set_password(session, officer, "mot mat khau khac")
        case "role":
            revoke_role(session, officer, Role.MANAGER, officer.unit_id)
        case "switch":
            switch_off(session, officer)
        case "higher role":
            grant_role(session, officer, Role.APPROVER, officer.unit)
        case "elsewhere":
            end_sessions(session, officer.id)
    session.commit()

    assert (inside, client.get(HOME).status_code) == (200, 401)


def test_a_copied_cookie_is_worth_nothing_after_the_sign_out(app, session, client, officer):
    enter(client, officer)
    copy = app.test_client()
    copy.set_cookie("lang_nghe", client.get_cookie("lang_nghe").value)
    before = copy.get(HOME).status_code

    send(client, MINE, "/quan-tri/dang-xuat")

    assert (before, copy.get(HOME).status_code) == (200, 401)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("idle", "age", "status"),
    [
        (timedelta(hours=11, minutes=59), timedelta(hours=11, minutes=59), 200),
        (timedelta(hours=12), timedelta(hours=12), 401),
        (timedelta(0), timedelta(days=29, hours=23), 200),
        (timedelta(0), timedelta(days=30), 401),
    ],
)
def test_a_session_ends_unused_after_twelve_hours_and_anyway_after_thirty_days(
    session, client, officer, idle, age, status
):
    enter(client, officer)
    row = session.scalars(select(AccountSession)).one()
    row.seen_at, row.created_at = clock.now() - idle, clock.now() - age
    session.commit()

    assert client.get(HOME).status_code == status


def test_the_last_use_is_written_every_few_minutes_only(session, client, officer, count_queries):
    enter(client, officer)
    count_queries.clear()
    client.get(HOME)
    fresh = [statement for statement in count_queries if statement.startswith("UPDATE")]
    row = session.scalars(select(AccountSession)).one()
    row.seen_at -= timedelta(minutes=6)
    session.commit()

    client.get(HOME)

    session.expire_all()
    assert fresh == []
    assert clock.now() - row.seen_at < timedelta(minutes=1)


def test_the_daily_duty_forgets_dead_sessions(session, officer):
    token = open_session(session, officer, device="Chrome", now=MONDAY)
    alive = open_session(session, officer, device="Chrome", now=MONDAY + timedelta(hours=3))

    removed = purge_sessions(session, MONDAY + timedelta(hours=12))

    later = MONDAY + timedelta(hours=12)
    assert removed == 1
    assert find_session(session, token, later) is None
    assert find_session(session, alive, later) is not None


@pytest.mark.both_databases
def test_my_page_lists_my_sessions_and_ends_one_of_them(app, session, client, officer):
    stranger = make_account(session, role=Role.MANAGER)
    session.commit()
    other, foreign = another_browser(app, officer), another_browser(app, stranger)
    enter(client, officer)
    rows = list(session.scalars(select(AccountSession).order_by(AccountSession.id)))
    page = client.get(MINE).text

    statuses = [send(client, MINE, f"{MINE}/phien/{row.id}/ket-thuc").status_code for row in rows[:2]]

    assert (page.count("Đăng nhập lúc"), page.count("Máy này")) == (2, 1)
    assert statuses == [302, 404]
    assert [each.get(HOME).status_code for each in (other, foreign, client)] == [401, 200, 200]


def test_everywhere_else_is_signed_out_with_one_button(app, officer, client):
    others = [another_browser(app, officer) for _ in range(2)]
    enter(client, officer)

    send(client, MINE, f"{MINE}/phien/ket-thuc-noi-khac")

    assert [each.get(HOME).status_code for each in (*others, client)] == [401, 401, 200]


def test_a_new_password_wants_the_old_one_and_leaves_this_browser_alone_signed_in(app, session, client, officer):
    other = another_browser(app, officer)
    enter(client, officer)
    page, new = f"{MINE}/mat-khau", "bón lúa mùa này"

    wrong = send(client, page, present="sai", password=new, again=new)
    unlike = send(client, page, present="bon lua mua nay", password=new, again=new + "x")
    right = send(client, page, present="bon lua mua nay", password=new, again=new)

    assert (wrong.status_code, unlike.status_code, right.status_code) == (422, 422, 302)
    assert "Hai lần nhập chưa giống nhau." in unlike.text
    assert [each.get(HOME).status_code for each in (other, client)] == [401, 200]
    assert give_password(app.test_client(), officer.email, new).status_code == 302


def test_an_account_without_a_role_sees_only_its_own_page(session, client):
    bare = make_account(session, role=Role.MANAGER)
    revoke_role(session, bare, Role.MANAGER, bare.unit_id)
    session.commit()
    enter(client, bare)

    assert (client.get(MINE).status_code, client.get(HOME).status_code) == (200, 403)
    assert "Chưa được giao vai trò nào" in client.get(MINE).text
