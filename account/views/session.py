"""The signed-in session, and the units of its permissions for `core.web.access`."""

import logging
from contextlib import suppress

from flask import Response, after_this_request, current_app, g, request, session
from flask_login import UserMixin, current_user, login_user
from sqlalchemy.exc import OperationalError

from account.labels import device_words
from account.models import Account, AccountSession
from account.operations.sessions import Overtaken, lock_account, open_session, touch_session
from account.queries.account import has_factor, must_have_factor, roots_where
from account.queries.sessions import find_session
from account.views.device import remember_device
from account.views.pages import blueprint
from commune.queries import list_units_below
from core import clock
from core.crypto import new_key
from core.web.extensions import db, login
from core.web.rooms import declared
from core.writers import impatient

login.session_protection = None  # it would put a hash of the address into the cookie; the session's row is the proof
log = logging.getLogger(__name__)
LAST_OWNER = "last"
"""In the signed cookie: whose session it was, that may be over by now."""
TOKEN = "csrf_token"  # noqa: S105 - a name
"""In the signed cookie: what the tokens of forms are made of, by Flask-WTF. It ends with the owner of the pages."""


class SignedIn(UserMixin):  # type: ignore[misc]
    """Flask-Login's user: a session, identified by its token."""

    def __init__(self, found: AccountSession, token: str) -> None:
        self.id, self.session_id, self.account = token, found.id, found.account


@login.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> SignedIn | None:
    """Return the session of the cookie's token; None once it has ended or expired, or its account is switched off."""
    now = clock.now()
    found = find_session(db.session, token, now)
    if found is not None and _touched(found):
        found = find_session(db.session, token, now)
    return SignedIn(found, token) if found is not None else None


def _touched(found: AccountSession) -> bool:
    """Store the use of a session; a busy database is not waited for, and the request goes on."""
    with suppress(OperationalError), impatient():
        if not touch_session(db.session, found, clock.now()):
            return False
        db.session.commit()
    db.session.rollback()
    return True


def begin_session(account: Account, proved: str) -> None:
    """Begin a session of *account*, whose verified password hash is *proved*; the caller commits.

    Nothing of the earlier cookie is kept. Raises `Overtaken`, also when a new role requires a second factor.
    """
    lock_account(db.session, account, proved)
    if must_have_factor(account) and not has_factor(db.session, account):
        raise Overtaken
    device = device_words(request.user_agent.string)
    token, email = open_session(db.session, account, device=device, now=clock.now()), account.email
    found = find_session(db.session, token, clock.now())
    session.clear()
    if found is not None:
        login_user(SignedIn(found, token))
        session[LAST_OWNER] = owner_of(account)
        session[TOKEN] = f"{new_key()} {owner_of(account)}"
    session.pop("_id", None)

    @after_this_request
    def keep(response: Response) -> Response:
        return remember_device(response, email)


def clear_session() -> None:
    """Clear the cookie's session except whose it was: a form of theirs that comes too late is given back to them."""
    owner = session.get(LAST_OWNER)
    session.clear()
    if owner:
        session[LAST_OWNER] = owner


def owner_of(account: Account) -> str:
    """Return the owner name of things that belong to one account."""
    return f"account:{account.id}"


def may_be_signed_in() -> bool:
    """Whether the request has a session's cookie; without one, as citizens are, no session need be read."""
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def present_owner() -> str | None:
    """Return the owner name of the signed-in account; None without one."""
    return owner_of(current_user.account) if current_user.is_authenticated else None


def permitted_units(permission: str) -> frozenset[int] | None:
    """Return the units in which the signed-in account has *permission*; None when not signed in."""
    if not current_user.is_authenticated:
        return None
    roots = roots_where(current_user.account.grants, declared().roles_with(permission))
    known: dict[frozenset[int], frozenset[int]] = g.setdefault("units_below", {})
    if roots not in known:
        known[roots] = list_units_below(db.session, roots) if roots else frozenset()
    return known[roots]


@blueprint.app_context_processor
def who() -> dict[str, object]:
    """Give every staff page the signed-in account, shown in its head since computers are shared, and its owner name."""
    return {
        "signed_in": lambda: current_user.account if current_user.is_authenticated else None,
        "present_owner": present_owner,
    }


@blueprint.after_app_request
def note_refusal(response: Response) -> Response:
    """Log a refused request of a signed-in account in one line, without anything that was typed."""
    if g.get("is_guarded") and response.status_code in (403, 404) and current_user.is_authenticated:
        who = current_user.account.id
        log.warning("refused %s: account %s at %s", response.status_code, who, request.endpoint)
    return response
