"""Show the link that somebody comes in by, once, to be copied."""

from flask import render_template

from account.labels import ROLE
from account.models import Account
from account.rules.lifetimes import path_of_link
from core.web.extensions import settings


def link_page(account: Account, secret: str, *, given: str = "") -> str:
    """The page with the link of *account*; *given*: the role, in words, that asked for the link."""
    address = address_of(secret)
    return render_template("account/manage/link.html", account=account, address=address, given=given, role_label=ROLE)


def address_of(secret: str) -> str:
    """The address of a link under the public address."""
    return settings().public_url + path_of_link(secret)
