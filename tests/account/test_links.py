"""Links: shown once, used once, expiring, and never where others can read them."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from account.models import AccountSession, Link, Totp
from account.operations.links import LinkGone, invite, make_link, purge_links, use_link, withdraw
from account.operations.roles import grant_role
from account.queries.account import find_account
from account.queries.sessions import find_link
from account.rules.permissions import Role
from core import clock
from core.crypto import digest, new_key
from core.web.extensions import db
from tests.factories import MONDAY, make_account, make_unit
from tests.support.codes import SET_UP, give_password, give_telephone
from tests.support.pages import Page
from tests.support.staff import enter, send

CLEAN, NEW = "/quan-tri/vao", "bón lúa mùa này"


@pytest.fixture
def invited(session):
    """Invite an officer; return the account and the path of its link."""
    unit = make_unit(session)
    account = invite(session, email="An@xa.gov.vn", name="An", role=Role.MANAGER, unit=unit, now=clock.now())
    path = f"{CLEAN}/{make_link(session, account, now=clock.now())}"
    session.commit()
    return account, path


def accept(client, name="Nguyễn Thị An", password=NEW):
    return send(client, CLEAN, name=name, password=password, again=password)


def test_the_invitation_page_names_the_role_and_its_unit(client, invited):
    page = Page(client.get(invited[1], follow_redirects=True).text)

    assert "Vai trò được giao: Phụ trách Một cửa , xã Lâm Bình" in page.text


def test_an_invited_person_confirms_the_name_sets_a_password_and_is_in(session, client, invited):
    account, path = invited
    came = client.get(path)
    page = client.get(CLEAN)

    done = accept(client)

    session.refresh(account)
    assert (came.status_code, came.location) == (302, CLEAN)
    assert Page(page.text).form().value("name") == "An"
    assert (done.status_code, client.get("/quan-tri/").status_code) == (302, 200)
    assert (account.name, account.search_key) == ("Nguyễn Thị An", "nguyen thi an an@xa.gov.vn")


def test_the_secret_is_in_no_page_no_cookie_and_no_table(session, client, invited):
    secret = invited[1].rsplit("/", 1)[1]
    client.get(invited[1])

    page, cookie = client.get(CLEAN).text, client.get_cookie("lang_nghe").value

    assert secret not in page
    assert secret not in cookie
    assert secret.encode() not in session.scalars(select(Link.secret_hash)).one()


def test_a_link_that_is_only_looked_at_is_not_used_up(app, client, invited):
    app.test_client().get(invited[1])
    app.test_client().head(invited[1])
    client.get(invited[1])

    assert accept(client).status_code == 302


@pytest.mark.both_databases
def test_a_link_works_once(app, client, invited):
    for browser in (client, other := app.test_client()):
        browser.get(invited[1])
    form_of_the_other = Page(other.get(CLEAN).text).form()
    accept(client)

    late = other.post(CLEAN, data=dict(form_of_the_other.filled(name="B", password=NEW, again=NEW)))

    assert late.status_code == 410
    assert "Đường dẫn này không còn dùng được" in late.text


@pytest.mark.both_databases
def test_only_one_of_two_concurrent_uses_succeeds(app, session, invited):
    secret_hash, barrier, results = digest(invited[1].rsplit("/", 1)[1]), Barrier(2), []
    session.close()

    def use():
        with app.app_context():
            link = find_link(db.session, secret_hash, clock.now())
            barrier.wait()
            try:
                use_link(db.session, link, NEW, clock.now())
                db.session.commit()
                results.append("used")
            except LinkGone:
                db.session.rollback()
                results.append("gone")

    threads = [Thread(target=use) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == ["gone", "used"]


@pytest.mark.parametrize(("password", "again"), [("ngan", "ngan"), (NEW, "khac hẳn mà dài"), ("", "")])
def test_a_refused_password_does_not_use_up_the_link(client, invited, password, again):
    client.get(invited[1])

    refused = send(client, CLEAN, name="An", password=password, again=again)

    assert refused.status_code == 422
    assert accept(client).status_code == 302


@pytest.mark.parametrize("ending", ["old", "withdrawn", "replaced", "off", "made up"])
def test_an_expired_or_used_link_gets_a_polite_page(session, client, invited, ending):
    account, path = invited
    match ending:
        case "old":
            session.scalars(select(Link)).one().expires_at = clock.now()
        case "withdrawn":
            withdraw(session, account)
        case "replaced":
            make_link(session, account, now=clock.now())
        case "off":
            account.is_active = False
        case "made up":
            path = f"{CLEAN}/made-up"
    session.commit()

    page = client.get(path, follow_redirects=True)

    assert page.status_code == 410
    assert "xin người quản trị của đơn vị gửi đường dẫn mới" in page.text


def test_an_invitation_lasts_seven_days_and_a_reset_one(session):
    invited = invite(session, email="a@xa.gov.vn", name="An", role=Role.MANAGER, unit=make_unit(session), now=MONDAY)
    colleague = make_account(session)
    for account in (invited, colleague):
        make_link(session, account, now=MONDAY)

    ends = {link.account_id: link.expires_at - MONDAY for link in session.scalars(select(Link))}

    assert ends == {invited.id: timedelta(days=7), colleague.id: timedelta(hours=24)}
    assert purge_links(session, MONDAY + timedelta(hours=24)) == 1


def test_an_invited_administrator_sets_the_second_factor_up_before_anything_else(session, client):
    account = invite(
        session, email="a@xa.gov.vn", name="An", role=Role.ADMINISTRATOR, unit=make_unit(session), now=clock.now()
    )
    path = f"{CLEAN}/{make_link(session, account, now=clock.now())}"
    session.commit()
    client.get(path)

    assert accept(client).location == SET_UP
    assert client.get("/quan-tri/").status_code == 401


def test_an_account_that_waits_for_its_owner_can_not_sign_in(client, invited):
    assert [give_password(client, "an@xa.gov.vn", typed).status_code for typed in (" ", NEW)] == [422, 422]


@pytest.mark.parametrize("drops", [False, True])
def test_a_reset_ends_all_sessions_and_drops_the_second_factor_if_asked(session, client, keyring, drops):
    account = make_account(session)
    give_telephone(keyring, account)
    session.commit()
    enter(client, account)
    path = f"{CLEAN}/{make_link(session, account, now=clock.now(), drops_factor=drops)}"
    session.commit()
    client.get(path)

    done = send(client, CLEAN, password=NEW, again=NEW)

    session.expire_all()
    assert done.location == (SET_UP if drops else "/quan-tri/dang-nhap/ma")
    assert session.scalar(select(AccountSession.id)) is None
    assert (session.get(Totp, account.id) is None) == drops


def test_a_role_beyond_the_units_reached_so_far_ends_a_link_that_waits(session, invited):
    account, _ = invited
    below, beyond = make_unit(session, parent=account.unit), make_unit(session)

    grant_role(session, account, Role.WRITER, below)
    kept = session.scalar(select(Link.account_id))
    grant_role(session, account, Role.WRITER, beyond)

    assert kept == account.id
    assert session.scalar(select(Link.account_id)) is None


def test_an_invitation_that_was_accepted_cannot_be_withdrawn(session, client, invited):
    client.get(invited[1])
    accept(client)

    assert not withdraw(session, invited[0])
    assert find_account(session, "an@xa.gov.vn") is not None


def test_guessed_links_are_gone_twenty_times_and_then_have_to_wait(client, invited):
    guesses = [client.get(f"{CLEAN}/{new_key()}", follow_redirects=True) for _ in range(24)]
    refused = [guess for guess in guesses[20:] if guess.status_code == 429]
    true = client.get(invited[1], follow_redirects=True)

    assert [guess.status_code for guess in guesses[:20]] == [410] * 20
    assert refused[0].headers["Retry-After"] in {"1", "2"}
    assert "Từ mạng này đã mở nhiều đường dẫn sai. Xin đợi" in Page(refused[0].text).text
    assert true.status_code == 200


def test_a_visit_without_a_link_is_no_guess(client):
    assert {client.get(CLEAN).status_code for _ in range(24)} == {410}
