"""Handing a link over: it is shown once, to be copied; what sends it by mail is called in the same transaction."""

from flask import render_template
from flask_login import current_user

from account.documents import link_letter
from account.labels import ROLE
from account.manage.trail import note
from account.models import Account
from account.operations.links import make_link
from account.queries.sessions import find_link_of
from account.rules.actions import Action
from account.rules.lifetimes import path_of_link
from core import clock
from core.messages.outbox import post_mail
from core.web.extensions import db, keyring, settings


def hand_over(account: Account, deed: Action, *, drops_factor: bool = False, given: str = "", **told: str) -> str:
    """Make a link for *account*, record it as *deed*, commit, and show it; nobody can read it again.

    *given*: the role, in words, that asks for it because it reaches beyond the account's units.
    """
    now, is_for_role = clock.now(), bool(given)
    secret = make_link(db.session, account, now=now, drops_factor=drops_factor, is_for_role=is_for_role)
    address = settings().public_url + path_of_link(secret)
    announce_link(account, address)
    note(deed, account, after=told | ({"drops_factor": True} if drops_factor else {}))
    db.session.commit()
    return render_template("account/manage/link.html", account=account, address=address, given=given, role_label=ROLE)


def announce_link(account: Account, address: str) -> None:
    """Send the link to its owner where there is a mail server; without one it is copied from the page."""
    link = find_link_of(db.session, account, clock.now())
    if not settings().mail_url or link is None:
        return
    inviter = current_user.account.name
    letter = link_letter(account, address, until=link.expires_at, inviter=inviter, has_old=not link.is_for_role)
    post_mail(db.session, keyring(), to=account.email, letter=letter, now=clock.now())
