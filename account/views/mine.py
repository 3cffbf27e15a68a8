"""The pages of one's own account: sessions, password, second factor."""

import json

from flask import abort, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from account.forms.password import ChangePasswordForm, PresentPasswordForm
from account.forms.second_factor import NewFactorForm
from account.labels import ROLE
from account.models import Account
from account.operations import second_factor
from account.operations.account import about, is_password_right, set_password
from account.operations.password import KNOWN
from account.operations.sessions import end_session, end_sessions, lock_account
from account.queries.account import has_factor, must_have_factor
from account.queries.held import held_about
from account.queries.sessions import count_recovery_codes, list_sessions
from account.views.device import password_door
from account.views.pages import Page, blueprint, codes_page, set_up_page, wait
from account.views.pending_login import SECRET, offered_secret
from account.views.session import begin_session
from core import clock
from core.throttle import Shut, count_try, forget_tries
from core.web.access import SIGNED_IN, requires
from core.web.downloads import download
from core.web.extensions import db, keyring
from core.web.forms import ActionForm


@blueprint.get("/tai-khoan")
@requires(SIGNED_IN)
def mine() -> str:
    """Show one's account, roles and sessions."""
    account = me()
    return render_template(
        "account/mine.html",
        account=account,
        role_label=ROLE,
        sessions=list_sessions(db.session, account, clock.now()),
        here=current_user.session_id,
        has_factor=has_factor(db.session, account),
        must_have_factor=must_have_factor(account),
        codes_left=count_recovery_codes(db.session, account),
    )


@blueprint.get("/tai-khoan/du-lieu.json")
@requires(SIGNED_IN)
def my_data() -> Response:
    """Download everything that is held about oneself."""
    held = json.dumps(held_about(db.session, me(), clock.now()), ensure_ascii=False, indent=2)
    return download(held.encode(), "application/json", "du-lieu-cua-toi.json")


@blueprint.post("/tai-khoan/phien/<int(max=2147483647):session_id>/ket-thuc")
@requires(SIGNED_IN)
def end_mine(session_id: int) -> Response:
    """End one of one's other sessions."""
    if session_id not in {each.id for each in list_sessions(db.session, me(), clock.now())}:
        abort(404)
    if ActionForm().validate_on_submit():
        end_session(db.session, me().id, session_id)
        db.session.commit()
        flash(_("Đã đăng xuất khỏi nơi đó."), "success")
    return redirect(url_for(".mine"))


@blueprint.post("/tai-khoan/phien/ket-thuc-noi-khac")
@requires(SIGNED_IN)
def end_others() -> Response:
    """End all of one's other sessions."""
    if ActionForm().validate_on_submit():
        ended = end_sessions(db.session, me().id, but=current_user.session_id)
        db.session.commit()
        flash(_("Đã đăng xuất khỏi %(n)s nơi khác.", n=ended), "success")
    return redirect(url_for(".mine"))


@blueprint.route("/tai-khoan/mat-khau", methods=["GET", "POST"])
@requires(SIGNED_IN)
def change_password() -> Page:
    """Set a new password: every session ends, and this one begins anew."""
    form = ChangePasswordForm()
    form.about = about(me())
    try:
        if form.validate_on_submit() and _is_present(form):
            account = me()
            set_password(db.session, account, form.password.data)
            begin_session(account, account.password_hash)
            db.session.commit()
            flash(_("Đã đổi mật khẩu và đăng xuất khỏi mọi nơi khác."), "success")
            return redirect(url_for(".mine"))
    except Shut as shut:
        return wait((render_template("account/password.html", form=form, wait=shut.seconds), 429), shut)
    return render_template("account/password.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/tai-khoan/ma-xac-thuc", methods=["GET", "POST"])
@requires(SIGNED_IN)
def renew_factor() -> Page:
    """Set up a second factor, or replace the telephone; the old one works until the new one is confirmed."""
    form, account = NewFactorForm(), me()
    secret, step, back = offered_secret(account), None, url_for(".mine")
    try:
        if form.validate_on_submit() and _is_present(form):
            step = second_factor.step_of(secret, form.typed, clock.now())
    except Shut as shut:
        return wait((set_up_page(form, account, secret, back=back)[0], 429), shut)
    if step is None:
        return set_up_page(form, account, secret, back=back)
    try:
        second_factor.set_factor(db.session, keyring(), account, secret, step=step)
        codes = second_factor.renew_recovery_codes(db.session, keyring(), account)
        end_sessions(db.session, account.id, but=current_user.session_id)
        db.session.commit()
        session.pop(SECRET, None)  # the next telephone gets another secret
    except IntegrityError:  # set up in another window at the same moment
        db.session.rollback()
        return redirect(back)
    return codes_page(codes, account, back)


@blueprint.route("/tai-khoan/ma-khoi-phuc", methods=["GET", "POST"])
@requires(SIGNED_IN)
def renew_codes() -> Page:
    """Replace the recovery codes by ten new ones."""
    form, account = PresentPasswordForm(), me()
    if not has_factor(db.session, account):
        return redirect(url_for(".renew_factor"))
    try:
        if form.validate_on_submit() and _is_present(form):
            codes = second_factor.renew_recovery_codes(db.session, keyring(), account)
            db.session.commit()
            return codes_page(codes, account, url_for(".mine"))
    except Shut as shut:
        return wait((render_template("account/new_codes.html", form=form, wait=shut.seconds), 429), shut)
    return render_template("account/new_codes.html", form=form), 422 if form.is_submitted() else 200


def me() -> Account:
    """Return the signed-in account."""
    account: Account = current_user.account
    return account


def _is_present(form: PresentPasswordForm) -> bool:
    """Whether the present password is right; the account is then locked until the commit.

    Attempts are throttled, against somebody who finds an unlocked screen.
    """
    account = me()
    door = password_door(account.email)
    with KNOWN.passing():
        count_try(db.session, door, clock.now())
        db.session.commit()
        is_right = is_password_right(account, form.present.data)
    if not is_right:
        form.present.errors = [_("Mật khẩu hiện nay chưa đúng.")]
        return False
    lock_account(db.session, account, account.password_hash)
    forget_tries(db.session, door)
    return True
