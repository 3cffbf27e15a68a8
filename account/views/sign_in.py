"""Signing in and out."""

from urllib.parse import urlsplit

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from account.forms.sign_in import SignInForm
from account.operations.account import is_password_right
from account.queries.account import find_account
from account.views.blueprint import blueprint
from account.views.session import SignedIn
from core.forms import ActionForm
from core.web.extensions import db


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
