"""The second factor of a staff account, and the real sign-in."""

import re
from datetime import datetime

import pyotp
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from account.models import Account
from account.operations.second_factor import new_secret, set_factor
from core import clock
from core.crypto import Keyring
from core.web.extensions import db
from tests.factories import PASSWORD
from tests.support.staff import send

SIGN_IN, CODE, SET_UP = "/quan-tri/dang-nhap", "/quan-tri/dang-nhap/ma", "/quan-tri/dang-nhap/thiet-lap"


def give_telephone(keyring: Keyring, account: Account) -> str:
    """Give *account* a second factor; return its secret."""
    secret = new_secret()
    set_factor(db.session, keyring, account, secret, step=0)
    return secret


def code_now(secret: str, moment: datetime | None = None) -> str:
    """Return the code of the telephone now."""
    return pyotp.TOTP(secret).at(moment or clock.now())


def secret_on(page: str) -> str:
    """Return the secret on a set-up page, without its tags."""
    shown = re.search(r'<p class="code"[^>]*>(.+)</p>', page)
    assert shown, page
    return re.sub(r"<[^>]+>", "", shown[1])


def give_password(client: FlaskClient, email: str, password: str = PASSWORD, target: str = "") -> TestResponse:
    """Do the first step of the sign-in."""
    return send(client, SIGN_IN + target, email=email, password=password)
