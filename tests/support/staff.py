"""Staff at the test client: sign in, and send a form as its page was."""

import re

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from account.models import Account
from account.operations.second_factor import new_secret, set_factor
from account.operations.sessions import open_session
from account.queries.account import find_account, has_factor, must_have_factor
from account.rules.permissions import Role
from account.views.session import LAST_OWNER, owner_of
from commune.models import Unit
from core import clock
from core.web.extensions import db, keyring
from tests.factories import make_account

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
COOKIE = "lang_nghe"


def send(client: FlaskClient, page: str, to: str = "", **data: object) -> TestResponse:
    """Open *page* and send its form, to the same or *to* another address."""
    token = TOKEN.search(client.get(page).text)
    assert token, page
    return client.post(to or page, data={"csrf_token": token[1], **data})


def enter(client: FlaskClient, account: Account) -> FlaskClient:
    """Return *client*, signed in as *account*; the sign-in itself is tested elsewhere."""
    client.set_cookie(COOKIE, cookie_of(client.application, account.email))
    return client


def cookie_of(app: Flask, email: str, device: str = "Chrome trên Android") -> str:
    """Return the cookie of a signed-in account, with the second factor that its roles require."""
    with app.app_context():
        account = find_account(db.session, email)
        assert account is not None, email
        if must_have_factor(account) and not has_factor(db.session, account):
            set_factor(db.session, keyring(), account, new_secret(), step=0)
        token, owner = open_session(db.session, account, device=device, now=clock.now()), owner_of(account)
        db.session.commit()
    serializer: URLSafeTimedSerializer = app.session_interface.get_signing_serializer(app)
    return str(serializer.dumps({"_user_id": token, "_fresh": True, LAST_OWNER: owner}))


class Desk(FlaskClient):
    """A browser with a context of its own: two of them in one test are two people."""

    def open(self, *args: object, **more: object) -> TestResponse:
        with self.application.app_context():
            return super().open(*args, **more)


def desk(app: Flask, account: Account) -> FlaskClient:
    """Return another browser, signed in as *account*."""
    return enter(Desk(app, app.response_class), account)


def desk_in(app: Flask, session: Session, unit: Unit, role: Role = Role.ORGANISER) -> FlaskClient:
    """Make an account with *role* in *unit*, and return a browser that is signed in as it."""
    account = make_account(session, role=role, unit=unit)
    session.commit()
    return desk(app, account)
