"""The second factor: set up once, required each time, and no code works twice."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from account.models import Account, RecoveryCode, Totp
from account.operations import second_factor
from account.rules.permissions import NEEDS_SECOND_FACTOR, Role
from core import clock
from core.values.week import local_date
from core.web.extensions import db
from tests.factories import MONDAY, PASSWORD, make_account
from tests.support.codes import CODE, SET_UP, SIGN_IN, code_now, give_password, give_telephone, secret_on
from tests.support.pages import Page
from tests.support.staff import enter, send

HOME = "/quan-tri/"
WRONG = "000000"


@pytest.fixture
def organiser(session):
    account = make_account(session)
    session.commit()
    return account


@pytest.fixture
def telephone(session, keyring, organiser):
    secret = give_telephone(keyring, organiser)
    session.commit()
    return secret


@pytest.mark.parametrize("role", sorted(NEEDS_SECOND_FACTOR))
def test_roles_that_change_published_data_need_a_second_factor(session, client, role):
    account = make_account(session, role=role)
    session.commit()

    reply = give_password(client, account.email)

    assert (reply.status_code, reply.location) == (302, SET_UP)
    assert client.get(HOME).status_code == 401


def test_the_set_up_takes_one_code_and_shows_ten_recovery_codes_once(session, client, organiser):
    give_password(client, organiser.email, target="?next=/quan-tri/cuoc-thi/")
    shown = client.get(SET_UP)
    secret = secret_on(shown.text)
    again = secret_on(client.get(SET_UP).text)

    wrong = send(client, SET_UP, code=WRONG)
    done = send(client, SET_UP, code=code_now(secret))

    assert again == secret
    assert (wrong.status_code, done.status_code) == (422, 200)
    assert "<svg" in shown.text
    assert done.text.count("<li>") == 10
    assert 'href="/quan-tri/cuoc-thi/"' in done.text
    assert done.headers["Cache-Control"] == "no-store"
    assert client.get(HOME).status_code == 200
    assert session.scalar(select(func.count()).select_from(RecoveryCode)) == 10
    assert secret.encode() not in session.scalars(select(Totp.sealed)).one()


def test_the_recovery_codes_name_account_system_and_day_and_the_secret_can_be_copied(session, client, organiser):
    give_password(client, organiser.email)
    shown = client.get(SET_UP).text
    secret = secret_on(shown)

    page = Page(send(client, SET_UP, code=code_now(secret)).text).text

    assert len(secret) == 32
    assert "<wbr>" in shown
    session.refresh(organiser)
    assert f"{organiser.name}, {organiser.email}" in page
    assert "lang-nghe.example" in page
    assert f"{local_date(clock.now()):%d/%m/%Y}" in page
    assert "Mỗi mã chỉ dùng được một lần" in page


def test_the_code_opens_after_the_password_and_leads_where_one_was(client, organiser, telephone):
    first = give_password(client, organiser.email, target="?next=/quan-tri/cuoc-thi/")
    between = client.get(HOME).status_code

    second = send(client, CODE, code=" ".join(code_now(telephone)))

    assert (first.location, between) == (CODE, 401)
    assert second.location == "/quan-tri/cuoc-thi/"
    assert client.get(HOME).status_code == 200


def test_a_code_is_accepted_once(app, organiser, telephone):
    code, browsers = code_now(telephone), [app.test_client(), app.test_client()]
    replies = []
    for browser in browsers:
        give_password(browser, organiser.email)
        replies.append(send(browser, CODE, code=code))

    assert [reply.status_code for reply in replies] == [302, 401]
    assert "đã dùng rồi" in replies[1].text
    assert [browser.get(HOME).status_code for browser in browsers] == [200, 401]


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_telephone_may_be_one_step_early_or_late(session, keyring, organiser, telephone, steps, is_right):
    code = code_now(telephone, MONDAY + timedelta(seconds=30 * steps))

    assert second_factor.use_code(session, keyring, organiser, code, MONDAY) == is_right


@pytest.mark.both_databases
def test_only_one_of_eight_concurrent_uses_of_a_code_succeeds(app, session, keyring, organiser, telephone):
    code, account_id, now = code_now(telephone), organiser.id, clock.now()
    session.close()

    def use():
        account = db.session.get(Account, account_id)
        return second_factor.use_code(db.session, keyring, account, code, now)

    assert sorted(at_once(app, use, 8)) == [False] * 7 + [True]


@pytest.mark.both_databases
def test_only_one_of_eight_concurrent_uses_of_a_recovery_code_succeeds(app, session, keyring, organiser, telephone):
    code, account_id = second_factor.renew_recovery_codes(session, keyring, organiser)[0], organiser.id
    session.commit()
    session.close()

    def use():
        account = db.session.get(Account, account_id)
        return second_factor.use_recovery_code(db.session, keyring, account, code)

    assert sorted(at_once(app, use, 8)) == [False] * 7 + [True]


def at_once(app, act, times):
    """Return the results of *act* in *times* threads that begin together, each committing."""
    barrier, results = Barrier(times), []

    def run():
        with app.app_context():
            barrier.wait()
            result = act()
            db.session.commit()
            results.append(result)

    threads = [Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_recovery_code_opens_once_however_it_is_typed(app, session, client, keyring, organiser, telephone):
    code = second_factor.renew_recovery_codes(session, keyring, organiser)[3]
    session.commit()
    typed = f" {code[:4].lower()}-{code[4:8]} {code[8:]}"
    give_password(client, organiser.email)
    other = app.test_client()
    give_password(other, organiser.email)

    replies = [send(browser, CODE, code=typed) for browser in (client, other)]

    assert [reply.status_code for reply in replies] == [302, 401]
    assert "còn 9 mã" in client.get("/quan-tri/tai-khoan").text


def test_the_step_between_lasts_ten_minutes(client, organiser, telephone, monkeypatch):
    give_password(client, organiser.email)
    code, later = code_now(telephone), clock.now() + timedelta(minutes=10, seconds=1)
    token = client.get(CODE)
    monkeypatch.setattr(clock, "now", lambda: later)

    late = client.get(CODE)

    assert token.status_code == 200
    assert (late.status_code, late.location) == (302, SIGN_IN)
    assert client.post(CODE, data={"code": code}).location == SIGN_IN


def test_without_a_password_there_is_no_pending_login(client):
    assert [client.get(page).location for page in (CODE, SET_UP)] == [SIGN_IN, SIGN_IN]


def test_a_changed_password_ends_the_pending_login(session, client, organiser, telephone):
    give_password(client, organiser.email)
    organiser.password_hash = "another"
    session.commit()

    assert client.get(CODE).location == SIGN_IN


def test_another_telephone_wants_the_password_and_the_old_one_works_until_then(session, client, organiser):
    enter(client, organiser)
    page = "/quan-tri/tai-khoan/ma-xac-thuc"
    secret, before = secret_on(client.get(page).text), session.get(Totp, organiser.id).sealed

    refused = send(client, page, code=code_now(secret), present="sai mat khau")
    session.expire_all()
    kept = session.get(Totp, organiser.id).sealed
    done = send(client, page, code=code_now(secret), present=PASSWORD)

    session.expire_all()
    assert (refused.status_code, kept == before, done.status_code) == (422, True, 200)
    assert session.get(Totp, organiser.id).sealed != before
    assert "Mã khôi phục" in Page(done.text).heading


def test_new_recovery_codes_take_the_place_of_the_old(session, client, keyring, organiser):
    enter(client, organiser)
    old = second_factor.renew_recovery_codes(session, keyring, organiser)[0]
    session.commit()

    page = send(client, "/quan-tri/tai-khoan/ma-khoi-phuc", present=PASSWORD)

    assert (page.status_code, page.text.count("<li>")) == (200, 10)
    assert not second_factor.use_recovery_code(session, keyring, organiser, old)


def test_an_officer_with_an_optional_second_factor_is_asked_for_it(session, client, keyring):
    officer = make_account(session, role=Role.MANAGER)
    give_telephone(keyring, officer)
    session.commit()

    assert give_password(client, officer.email).location == CODE
