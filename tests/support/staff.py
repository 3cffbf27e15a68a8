"""Somebody of the staff at the test client: signs in, and sends a form as its page was."""

import re

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from account.models import Account
from tests.factories import PASSWORD

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def send(client: FlaskClient, page: str, to: str = "", **data: object) -> TestResponse:
    """Open *page* and send its form, there or *to* another address."""
    token = TOKEN.search(client.get(page).text)
    assert token, page
    return client.post(to or page, data={"csrf_token": token[1], **data})


def enter(client: FlaskClient, account: Account) -> FlaskClient:
    """*client*, signed in as *account*."""
    assert send(client, "/quan-tri/dang-nhap", email=account.email, password=PASSWORD).status_code == 302
    return client


class Desk(FlaskClient):
    """A browser with a context of its own: two of them in one test are two people."""

    def open(self, *args: object, **more: object) -> TestResponse:
        with self.application.app_context():
            return super().open(*args, **more)


def desk(app: Flask, account: Account) -> FlaskClient:
    """Another browser, signed in as *account*."""
    return enter(Desk(app, app.response_class), account)
