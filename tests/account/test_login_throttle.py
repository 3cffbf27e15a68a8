"""Guessing takes longer and longer; the owner's own browser is not delayed by it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from account.rules.permissions import Role
from core import clock
from core.throttle import Shut, count_try, forget_tries, purge_tries
from core.web.extensions import db
from tests.factories import MONDAY, make_account
from tests.support.codes import CODE, SIGN_IN, code_now, give_password, give_telephone
from tests.support.pages import Page
from tests.support.staff import send

pytestmark = pytest.mark.both_databases

DOOR = b"d" * 32


@pytest.fixture
def officer(session):
    account = make_account(session, role=Role.MANAGER)
    session.commit()
    return account


def guess(client, email, times, **more):
    return [give_password(client, email, "sai mat khau").status_code for _ in range(times)]


def test_five_tries_are_free_then_the_wait_doubles_to_a_quarter_of_an_hour(session):
    now, waits = MONDAY, []
    for _ in range(16):
        count_try(session, DOOR, now)
        try:
            count_try(session, DOOR, now)
        except Shut as shut:
            waits.append(shut.seconds)
            now += timedelta(seconds=shut.seconds)

    assert waits[:9] == [2, 4, 8, 16, 32, 64, 128, 256, 512]
    assert set(waits[9:]) == {900}


def test_a_success_clears_the_failed_attempts(session):
    for _ in range(5):
        count_try(session, DOOR, MONDAY)
    with pytest.raises(Shut):
        count_try(session, DOOR, MONDAY)

    forget_tries(session, DOOR)

    count_try(session, DOOR, MONDAY)


def test_five_of_twenty_concurrent_tries_are_let_through(app, session):
    session.close()
    barrier, results = Barrier(20), []

    def run():
        with app.app_context():
            barrier.wait()
            try:
                count_try(db.session, DOOR, MONDAY)
                db.session.commit()
                results.append("tried")
            except Shut:
                db.session.rollback()
                results.append("shut")

    threads = [Thread(target=run) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["shut"] * 15 + ["tried"] * 5


def test_yesterdays_tries_are_forgotten(session):
    count_try(session, DOOR, MONDAY)
    count_try(session, b"e" * 32, MONDAY + timedelta(days=1))

    assert purge_tries(session, MONDAY + timedelta(days=1)) == 1


def test_twenty_wrong_passwords_are_throttled_and_the_typed_address_is_kept(client, officer):
    statuses = guess(client, officer.email, 20)

    refused = give_password(client, officer.email)

    assert statuses == [422] * 5 + [429] * 15
    assert (refused.status_code, refused.headers["Retry-After"] in {"1", "2"}) == (429, True)
    assert "Đã thử sai nhiều lần. Xin đợi" in refused.text
    assert Page(refused.text).form().value("email") == officer.email


def test_a_stranger_never_keeps_the_owner_out_of_their_own_browser(app, client, officer):
    owner = app.test_client()
    assert give_password(owner, officer.email).status_code == 302
    send(owner, "/quan-tri/tai-khoan", "/quan-tri/dang-xuat")

    guess(client, officer.email, 20)

    assert give_password(client, officer.email).status_code == 429
    assert give_password(owner, officer.email).status_code == 302


def test_a_known_browser_is_known_for_its_owner_alone(app, session, client, officer):
    colleague = make_account(session, role=Role.MANAGER)
    session.commit()
    give_password(client, officer.email)
    send(client, "/quan-tri/tai-khoan", "/quan-tri/dang-xuat")

    guess(app.test_client(), colleague.email, 6)

    assert give_password(client, colleague.email).status_code == 429


def test_a_forged_device_cookie_is_a_strangers(client, officer):
    client.set_cookie("lang_nghe_may", '{"id": "x", "of": ["y"]}', path="/quan-tri")

    assert guess(client, officer.email, 6) == [422] * 5 + [429]


def test_known_and_unknown_addresses_are_throttled_alike_with_the_same_message(app, officer):
    pages = {}
    for email in (officer.email, "la@lang-nghe.example"):
        client = app.test_client()
        statuses = guess(client, email, 7)
        pages[email] = statuses, Page(give_password(client, email).text).text.replace("1 giây", "2 giây")

    known, unknown = pages.values()
    assert known == unknown


def test_tries_from_another_address_are_counted_apart(app, officer):
    near, far = app.test_client(), app.test_client()
    guess(near, officer.email, 6)

    token = Page(far.get(SIGN_IN).text).form().value("csrf_token")
    data = {"csrf_token": token, "email": officer.email, "password": "bon lua mua nay"}
    reply = far.post(SIGN_IN, data=data, headers={"X-Forwarded-For": "203.0.113.9"})

    assert reply.status_code == 302


def test_guessing_codes_is_slowed_down_for_all_strangers_together(app, session, keyring, officer, monkeypatch):
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)  # the wait of two seconds passes on a slow machine
    secret = give_telephone(keyring, officer)
    session.commit()
    statuses = []
    for at in range(7):
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"203.0.113.{at}"
        give_password(client, officer.email)
        statuses.append(send(client, CODE, code="000000").status_code)

    last = send(client, CODE, code=code_now(secret))

    assert statuses == [401] * 5 + [429] * 2
    assert last.status_code == 429


def test_recovery_codes_count_towards_the_same_limit(session, client, keyring, officer):
    give_telephone(keyring, officer)
    session.commit()
    give_password(client, officer.email)

    statuses = [send(client, CODE, code=code).status_code for code in ["7K3M-9QXD-2F4A", "000000"] * 3]

    assert statuses == [401] * 5 + [429]


def test_the_table_holds_no_address_and_no_e_mail(session, client, officer, database_url, tmp_path):
    guess(client, officer.email, 1)
    rows = [str(row) for row in session.connection().exec_driver_sql("SELECT * FROM account_tries")]

    assert len(rows) == 2  # the account's bucket and the address's
    assert "127.0.0.1" not in str(rows)
    assert officer.email not in str(rows)


def test_the_present_password_is_not_guessed_on_an_unlocked_screen(client, officer):
    give_password(client, officer.email)
    page, new = "/quan-tri/tai-khoan/mat-khau", "mot mat khau moi"

    statuses = [send(client, page, present="sai", password=new, again=new).status_code for _ in range(6)]

    assert statuses == [422] * 5 + [429]
