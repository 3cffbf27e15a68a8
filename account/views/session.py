"""Who is signed in, and in which units they may do what: what `core.web.access` asks."""

import logging
from contextlib import suppress

from flask import Response, after_this_request, g, request, session
from flask_login import UserMixin, current_user, login_user
from sqlalchemy.exc import OperationalError

from account.labels import device_words
from account.models import Account, AccountSession
from account.operations.sessions import Overtaken, hold_account, open_session, touch_session
from account.queries.account import has_factor, must_have_factor, roots_where
from account.queries.sessions import find_session
from account.views.blueprint import blueprint
from account.views.device import remember_device
from commune.queries import list_units_below
from core import clock
from core.web.extensions import db, login
from core.web.rooms import declared

login.session_protection = None  # it would put a hash of the address into the cookie; the session's row is the proof
log = logging.getLogger(__name__)
LAST_OWNER = "last"
"""In the signed cookie: whose session it was, that may be over by now."""


class SignedIn(UserMixin):  # type: ignore[misc]
    """Flask-Login's view of a session: it is known by its token, which nobody else learns."""

    def __init__(self, found: AccountSession, token: str) -> None:
        self.id, self.session_id, self.account = token, found.id, found.account


@login.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> SignedIn | None:
    """The session that the cookie carries; None once it was ended, is too old, or its account is switched off."""
    now = clock.now()
    found = find_session(db.session, token, now)
    if found is not None and _touched(found):
        found = find_session(db.session, token, now)
    return SignedIn(found, token) if found is not None else None


def _touched(found: AccountSession) -> bool:
    """Note the use of a session; a database that is busy writing is not waited for twice, and nobody is kept out."""
    with suppress(OperationalError):
        if not touch_session(db.session, found, clock.now()):
            return False
        db.session.commit()
    db.session.rollback()
    return True


def begin_session(account: Account, proved: str) -> None:
    """Sign *account* in here, whose password hash was *proved* to be known: the door commits afterwards.

    Nothing of the cookie from before is kept. Raises `Overtaken`: for a role that came meanwhile, too.
    """
    hold_account(db.session, account, proved)
    if must_have_factor(account) and not has_factor(db.session, account):
        raise Overtaken
    device = device_words(request.user_agent.string)
    token, email = open_session(db.session, account, device=device, now=clock.now()), account.email
    found = find_session(db.session, token, clock.now())
    session.clear()
    if found is not None:
        login_user(SignedIn(found, token))
        session[LAST_OWNER] = owner_of(account)
    session.pop("_id", None)

    @after_this_request
    def keep(response: Response) -> Response:
        return remember_device(response, email)


def owner_of(account: Account) -> str:
    """Under whose name things are kept that are one account's alone."""
    return f"account:{account.id}"


def present_owner() -> str | None:
    """The same of whoever is signed in now; None when nobody is."""
    return owner_of(current_user.account) if current_user.is_authenticated else None


def permitted_units(permission: str) -> frozenset[int] | None:
    """The units in which whoever is signed in has *permission*; None when nobody is."""
    if not current_user.is_authenticated:
        return None
    roots = roots_where(current_user.account.grants, declared().roles_with(permission))
    known: dict[frozenset[int], frozenset[int]] = g.setdefault("units_below", {})
    if roots not in known:
        known[roots] = list_units_below(db.session, roots) if roots else frozenset()
    return known[roots]


@blueprint.app_context_processor
def who() -> dict[str, object]:
    """For the head of every page of the staff's: a desk is shared, and nobody is to act in a colleague's name."""
    return {
        "signed_in": lambda: current_user.account if current_user.is_authenticated else None,
        "present_owner": present_owner,
    }


@blueprint.after_app_request
def note_refusal(response: Response) -> Response:
    """Who asked for what is not theirs: one line, of which nothing was typed by anybody."""
    if g.get("is_guarded") and response.status_code in (403, 404) and current_user.is_authenticated:
        who = current_user.account.id
        log.warning("refused %s: account %s at %s", response.status_code, who, request.endpoint)
    return response
