"""The sign-in, and the resolver that tells `core.web.access` where the present account may do what."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from flask_babel import gettext as _
from flask_login import UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from account.forms import SignInForm
from account.models import Account
from account.operations import is_password_right
from account.queries import find_account, units_where
from core.forms import ActionForm
from core.web.extensions import db, login

blueprint = Blueprint("account", __name__, url_prefix="/quan-tri")
login.login_view = "account.sign_in"
login.login_message = None


@blueprint.after_request
def keep_nothing(response: FlaskResponse) -> FlaskResponse:
    """No copy of what was typed at the sign-in stays in a browser."""
    response.headers["Cache-Control"] = "no-store"
    return response


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


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
def sign_in() -> tuple[str, int] | Response:
    """Sign in; a known and an unknown address get the same words after the same work."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("account/sign_in.html", form=form), 422 if form.is_submitted() else 200
    account = find_account(db.session, form.email.data)
    if not is_password_right(account, form.password.data) or account is None:
        form.password.errors = [_("Thư điện tử hoặc mật khẩu chưa đúng.")]
        return render_template("account/sign_in.html", form=form), 422
    login_user(SignedIn(account))
    return redirect(local_target(request.args.get("next")) or url_for("report_manage.home"))


@blueprint.post("/dang-xuat")
def sign_out() -> Response:
    """Sign out."""
    if ActionForm().validate_on_submit():
        logout_user()
    return redirect(url_for("account.sign_in"))


def local_target(target: str | None) -> str | None:
    """*target* if it is a path of ours; None for anything that a browser might take elsewhere."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(ord(letter) < 33 for letter in target):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc and "//" not in parts.path else None
