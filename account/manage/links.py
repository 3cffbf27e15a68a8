"""Handing a link over: it is shown once, to be copied; what sends it by mail is called in the same transaction."""

from flask import render_template

from account.models import Account
from account.operations.links import make_link
from account.rules.lifetimes import path_of_link
from core import clock
from core.web.extensions import db, settings


def hand_over(account: Account, *, drops_factor: bool = False) -> str:
    """Make a link for *account*, commit, and show it; nobody can read it again."""
    secret = make_link(db.session, account, now=clock.now(), drops_factor=drops_factor)
    address = settings().public_url + path_of_link(secret)
    announce_link(account, address)
    db.session.commit()
    return render_template("account/manage/link.html", account=account, address=address)


def announce_link(account: Account, address: str) -> None:
    """Called with every link before it is committed: the one place from which it is to be sent to its owner."""
