"""One address that tries many accounts waits longer and longer; a flood of sign-ins hashes one password at a time."""

from datetime import timedelta
from threading import Lock, Thread
from time import sleep

import pytest

import account.views.sign_in
from account.operations.account import is_password_right
from account.operations.password import STRANGERS
from account.rules.permissions import Role
from core import clock
from core.throttle import Shut, Throttle, count_try, take_back_try
from core.values.delay import AN_ADDRESS
from tests.factories import MONDAY, make_account
from tests.support.codes import SIGN_IN, give_password
from tests.support.pages import Page
from tests.support.staff import send

DOOR = b"d" * 32


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """Stop the clock, so that no wait ends on a slow machine."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def officers(session):
    found = [make_account(session, role=Role.MANAGER) for _ in range(25)]
    session.commit()
    return found


def tried(app, officers, address="127.0.0.1", password="sai mat khau"):
    """Return the statuses of one password each, every one from a new browser of the same address."""
    statuses = []
    for officer in officers:
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        statuses.append(give_password(client, officer.email, password).status_code)
    return statuses


@pytest.mark.both_databases
def test_one_password_for_every_account_is_throttled_by_the_address(app, officers):
    statuses = tried(app, officers)

    assert statuses == [422] * 20 + [429] * 5


def test_unknown_accounts_count_like_known_ones(app, officers):
    strangers = [type(officer)(email=f"la-{at}@lang-nghe.example") for at, officer in enumerate(officers)]

    assert tried(app, strangers) == [422] * 20 + [429] * 5


def test_another_address_is_not_delayed(app, officers):
    tried(app, officers)

    assert tried(app, officers[:3], address="203.0.113.9") == [422] * 3


def test_the_owners_known_browser_is_not_delayed_by_neighbours(app, officers):
    owner = app.test_client()
    assert give_password(owner, officers[0].email).status_code == 302
    send(owner, "/quan-tri/tai-khoan", "/quan-tri/dang-xuat")

    tried(app, officers)

    assert give_password(owner, officers[0].email).status_code == 302


def test_right_passwords_of_a_whole_office_cost_its_address_nothing(app, officers):
    assert set(tried(app, officers, password="bon lua mua nay")) == {302}


def test_an_own_account_does_not_buy_an_attacker_more_guesses(app, officers):
    tried(app, officers[:19])
    tried(app, officers[:1], password="bon lua mua nay")

    assert tried(app, officers[19:22]) == [422, 429, 429]


def test_the_addresss_wait_doubles_to_five_minutes(session):
    now, waits = MONDAY, []
    for _ in range(19):
        count_try(session, DOOR, now, AN_ADDRESS)
    for _ in range(10):
        count_try(session, DOOR, now, AN_ADDRESS)
        with pytest.raises(Shut) as shut:
            count_try(session, DOOR, now, AN_ADDRESS)
        waits.append(shut.value.seconds)
        now += timedelta(seconds=shut.value.seconds)

    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_a_try_taken_back_leaves_the_others(session):
    for _ in range(3):
        count_try(session, DOOR, MONDAY)

    take_back_try(session, DOOR, MONDAY)

    assert session.get_one(Throttle, DOOR, populate_existing=True).count == 2


def test_sixteen_sign_ins_at_once_hash_one_password_at_a_time(monkeypatch, app, officers):
    lock, now, most, statuses = Lock(), [], [], []

    def counted(*arguments):
        with lock:
            now.append(1)
            most.append(len(now))
        sleep(0.05)
        found = is_password_right(*arguments)
        with lock:
            now.pop()
        return found

    monkeypatch.setattr(account.views.sign_in, "is_password_right", counted)
    emails = [officer.email for officer in officers[:16]]

    def knock(email):
        client = app.test_client()
        statuses.append(give_password(client, email, "sai mat khau").status_code)

    threads = [Thread(target=knock, args=(email,)) for email in emails]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert max(most) == 1
    assert len(statuses) == 16
    assert set(statuses) == {422, 503}


@pytest.fixture
def crowded(monkeypatch):
    """Fill the strangers' gate."""
    for _ in range(2):
        assert STRANGERS._near.acquire(blocking=False)
    yield
    for _ in range(2):
        STRANGERS._near.release()


def test_at_a_full_gate_the_typed_address_stays_and_nothing_is_counted(session, client, officers, crowded):
    reply = give_password(client, officers[0].email)

    page = Page(reply.text)
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "3")
    assert "Đang có nhiều người đăng nhập cùng lúc. Xin đợi 3 giây" in page.text
    assert page.form().value("email") == officers[0].email
    assert session.query(Throttle).count() == 0


def test_at_a_full_gate_an_owners_known_browser_gets_in(app, client, officers, request):
    assert give_password(client, officers[0].email).status_code == 302
    send(client, "/quan-tri/tai-khoan", "/quan-tri/dang-xuat")
    request.getfixturevalue("crowded")

    assert give_password(client, officers[0].email).status_code == 302
    assert give_password(app.test_client(), officers[0].email).status_code == 503


def test_the_sign_in_page_itself_opens_at_a_full_gate(client, crowded):
    assert client.get(SIGN_IN).status_code == 200
