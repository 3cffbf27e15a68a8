"""The page that shows a sign-in link once, to be copied."""

from flask import render_template

from account.labels import ROLE
from account.models import Account
from account.rules.lifetimes import path_of_link
from core.web.extensions import settings


def link_page(account: Account, secret: str, *, given: str = "") -> str:
    """Return the page with the link of *account*; *given* is the label of the role that made the link necessary."""
    address = address_of(secret)
    return render_template("account/manage/link.html", account=account, address=address, given=given, role_label=ROLE)


def address_of(secret: str) -> str:
    """Return the link with *secret* under the public address."""
    return settings().public_url + path_of_link(secret)
