"""Who is signed in, and in which units they may do what: what `core.web.access` asks."""

from flask_login import UserMixin, current_user

from account.models import Account
from account.queries.account import units_where
from core.web.extensions import db, login

login.login_view = "account.sign_in"
login.login_message = None


class SignedIn(UserMixin):  # type: ignore[misc]
    """Flask-Login's view of an account."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.id = account.id

    @property
    def is_active(self) -> bool:
        return self.account.is_active


@login.user_loader  # type: ignore[untyped-decorator]
def load(id: str) -> SignedIn | None:
    """The account of a session; a switched-off one is out at once."""
    account = db.session.get(Account, int(id)) if id.isdecimal() else None
    return SignedIn(account) if account is not None and account.is_active else None


def permitted_units(permission: str) -> frozenset[int] | None:
    """The units in which whoever is signed in has *permission*; None when nobody is."""
    if not current_user.is_authenticated:
        return None
    return units_where(db.session, current_user.account, permission)
