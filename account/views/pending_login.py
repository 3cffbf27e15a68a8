"""A pending login between the right password and the second factor: ten minutes in the signed cookie, without a
session.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import flash, redirect, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.models import Account
from account.operations.second_factor import new_secret
from account.operations.sessions import Overtaken
from account.queries.account import has_factor, must_have_factor
from account.rules.lifetimes import BETWEEN
from account.views.late_form import is_page
from account.views.pages import blueprint
from account.views.session import begin_session, clear_session
from core import clock
from core.crypto import SealBroken, digest, seal, unseal
from core.web.extensions import db, keyring

KEY, SECRET = "between", "new_factor"


@dataclass(frozen=True)
class PendingLogin:
    """The account whose password was right, and the page that was wanted."""

    account: Account
    target: str | None
    proved: str
    """The password hash that was verified."""


def step_on(account: Account, target: str | None) -> Response:
    """Return the next page after the right password: the second factor, or the wanted page."""
    has = has_factor(db.session, account)
    if not has and not must_have_factor(account):
        return enter(account, account.password_hash, target)
    until = clock.now() + BETWEEN
    clear_session()
    session[KEY] = {
        "account": account.id, "until": until.timestamp(), "stamp": _stamp(account), "next": local_target(target),
    }  # fmt: skip
    db.session.commit()
    return redirect(url_for("account.code" if has else "account.set_up"))


def find_pending_login() -> PendingLogin | None:
    """Return the pending login; None after ten minutes, or when the password has changed."""
    pending = session.get(KEY)
    if not pending or datetime.fromtimestamp(pending["until"], UTC) < clock.now():
        return None
    account = db.session.get(Account, pending["account"])
    if account is None or not account.is_active or pending["stamp"] != _stamp(account):
        return None
    return PendingLogin(account, pending["next"], account.password_hash)


@blueprint.errorhandler(Overtaken)
def overtaken(_error: Overtaken) -> Response:
    """Roll back and lead to the sign-in."""
    db.session.rollback()
    return too_late()


def too_late() -> Response:
    """Return the sign-in page from its beginning."""
    flash(_("Đã quá 10 phút hoặc bước trước chưa xong. Xin đăng nhập lại."), "warning")
    return redirect(url_for("account.sign_in"))


def enter(account: Account, proved: str, target: str | None) -> Response:
    """Begin a session and redirect to the wanted page."""
    begin_session(account, proved)
    db.session.commit()
    return redirect(landing(target))


def landing(target: str | None) -> str:
    """Return the page after the sign-in: the wanted one, else the staff's home."""
    return local_target(target) or url_for("report_manage.home")


def offered_secret(account: Account) -> str:
    """Return the secret of the second factor that is being set up, sealed in the cookie until it is confirmed."""
    about = account.id.to_bytes(8, "big")
    try:
        return unseal(keyring().key("new-factor"), bytes.fromhex(session.get(SECRET, "")), about=about)
    except (SealBroken, ValueError):
        secret = new_secret()
        session[SECRET] = seal(keyring().key("new-factor"), secret, about=about).hex()
        return secret


def local_target(target: str | None) -> str | None:
    """Return *target* if it is a path of this application; None for anything that a browser may take elsewhere."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(letter) < 33 for letter in target):
        return None
    parts = urlsplit(target)
    is_path = not parts.scheme and not parts.netloc and "//" not in parts.path
    return target if is_path and is_page(parts.path) else None


def _stamp(account: Account) -> str:
    return digest(account.password_hash)[:12].hex()
