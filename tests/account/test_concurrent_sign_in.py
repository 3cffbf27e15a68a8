"""Concurrent sign-ins and changes: a password that was just verified is worthless once it has changed."""

from threading import Thread

import pytest
from sqlalchemy import func, select

import account.views.mine
import account.views.pending_login
import account.views.sign_in
from account.models import Account, Grant, Link
from account.operations import administration
from account.operations.account import is_password_right, set_password
from account.operations.roles import grant_role
from account.queries.account import find_account
from account.rules.permissions import Role
from commune.models import Unit
from core.gate import Gate
from core.web.extensions import db
from tests.factories import PASSWORD, make_account, make_unit
from tests.support.codes import code_now, give_password, give_telephone
from tests.support.staff import enter, send

pytestmark = pytest.mark.both_databases

HOME = "/quan-tri/"
NEW = "mat khau khac han"


@pytest.fixture
def officer(session):
    account = make_account(session, role=Role.MANAGER)
    session.commit()
    return account


def while_hashing(monkeypatch, app, module, deed):
    """Run *deed* on the account while its password is being checked."""

    def looked_at(account, password):
        email, is_right = account.email, is_password_right(account, password)
        with app.app_context():
            deed(find_account(db.session, email))
            db.session.commit()
        return is_right

    monkeypatch.setattr(module, "is_password_right", looked_at)
    monkeypatch.setattr(module, "KNOWN", Gate(at_once=1, waiting=0, patience=1))  # the deed hashes in this thread too


def set_another(account):
    set_password(db.session, account, NEW)


def test_a_password_replaced_during_its_check_does_not_sign_in(monkeypatch, app, client, officer):
    while_hashing(monkeypatch, app, account.views.sign_in, set_another)

    give_password(client, officer.email)

    assert client.get(HOME).status_code == 401


@pytest.mark.parametrize("backend", ["postgresql"])  # on SQLite the role change waits for the sign-in
def test_a_role_that_needs_a_second_factor_counts_for_a_concurrent_sign_in(monkeypatch, app, client, officer):
    email, step_in = officer.email, account.views.pending_login.enter

    def meanwhile(entering, *more):
        with app.app_context():
            found = find_account(db.session, email)
            grant_role(db.session, found, Role.ADMINISTRATOR, found.unit)
            db.session.commit()
        return step_in(entering, *more)

    monkeypatch.setattr(account.views.pending_login, "enter", meanwhile)

    give_password(client, officer.email)

    assert client.get(HOME).status_code == 401


def test_a_code_given_while_the_password_is_replaced_does_not_sign_in(
    monkeypatch, app, client, session, keyring, officer
):
    secret = give_telephone(keyring, officer)
    session.commit()
    give_password(client, officer.email)
    right = account.views.sign_in._is_code_right

    def looked_at(between, form):
        is_right = right(between, form)
        db.session.commit()
        with app.app_context():
            set_another(find_account(db.session, between.account.email))
            db.session.commit()
        return is_right

    monkeypatch.setattr(account.views.sign_in, "_is_code_right", looked_at)

    send(client, "/quan-tri/dang-nhap/ma", code=code_now(secret))

    assert client.get(HOME).status_code == 401


def test_a_change_with_the_old_password_does_not_undo_a_newer_one(monkeypatch, app, client, session, officer):
    email = officer.email
    enter(client, officer)
    while_hashing(monkeypatch, app, account.views.mine, set_another)

    send(client, "/quan-tri/tai-khoan/mat-khau", present=PASSWORD, password="cua ke tan cong", again="cua ke tan cong")

    session.expire_all()
    assert is_password_right(find_account(session, email), NEW)


def test_a_role_from_above_ends_links_of_administrators_below(monkeypatch, app, client, session):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    commune = make_unit(session, parent=province)
    below = make_account(session, role=Role.ADMINISTRATOR, unit=commune)
    colleague = make_account(session, role=Role.MANAGER, unit=commune)
    session.commit()
    page, show = f"/quan-tri/tai-khoan/danh-sach/{colleague.id}", administration.make_link
    id, above, threads = colleague.id, province.id, []

    def promote():
        with app.app_context():
            unit = db.session.get_one(Unit, above)
            grant_role(db.session, db.session.get_one(Account, id), Role.ADMINISTRATOR, unit)
            db.session.commit()

    def meanwhile(*args, **more):
        threads.append(Thread(target=promote))
        threads[0].start()
        threads[0].join(1)
        return show(*args, **more)

    monkeypatch.setattr(administration, "make_link", meanwhile)
    reply = send(enter(client, below), page, to=f"{page}/duong-dan")
    threads[0].join()

    session.expire_all()
    assert reply.status_code in {200, 404}
    assert set(session.scalars(select(Grant.unit_id).where(Grant.account_id == id))) == {commune.id, province.id}
    assert session.scalar(select(func.count()).select_from(Link)) == 0
