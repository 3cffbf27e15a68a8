"""Sign in and out: first the password, then the code."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from account.forms.second_factor import CodeForm
from account.forms.sign_in import SignInForm
from account.models import Account
from account.operations import second_factor
from account.operations.account import is_password_right
from account.operations.audit import actor_of
from account.operations.first_run import has_accounts
from account.operations.password import KNOWN, STRANGERS
from account.operations.sessions import end_session
from account.queries.account import find_account, has_factor
from account.queries.sessions import count_recovery_codes, find_link_of
from account.views.device import address_door, code_door, password_door
from account.views.late_form import NOT_STORED, late_form, page_to_return_to
from account.views.pages import Page, blueprint, codes_page, set_up_page, wait
from account.views.pending_login import (
    PendingLogin,
    enter,
    find_pending_login,
    landing,
    offered_secret,
    step_on,
    too_late,
)
from account.views.session import LAST_OWNER, begin_session, clear_session
from core import clock
from core.gate import AGAIN, Busy
from core.throttle import Shut, count_try, forget_tries, take_back_try
from core.values.delay import AN_ADDRESS
from core.web.extensions import db, keyring, login
from core.web.forms import ActionForm


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
def sign_in() -> Page:
    """Sign in; a known and an unknown address get the same reply after the same work."""
    form, target = SignInForm(), request.args.get("next")
    if not form.validate_on_submit():
        return sign_in_page(form, 422 if form.is_submitted() else 200)
    try:
        account = _who(form)
    except Shut as shut:
        db.session.rollback()
        return wait(sign_in_page(form, 429, wait=shut.seconds), shut)
    except Busy:
        return render_template("account/sign_in.html", form=form, busy=AGAIN), 503, {"Retry-After": str(AGAIN)}
    if account is None:
        form.password.errors = [_("Thư điện tử hoặc mật khẩu chưa đúng.")]
        return sign_in_page(form, 422)
    return step_on(account, target)


def _who(form: SignInForm) -> Account | None:
    """Return the account whose password is right.

    The attempt is counted and committed before the password is checked, so that concurrent attempts are all counted and
    no transaction is open while a password is hashed.
    """
    door, shared = password_door(form.email.data), address_door(form.email.data)
    with (STRANGERS if shared else KNOWN).passing():
        if shared:
            count_try(db.session, shared, clock.now(), AN_ADDRESS)
        count_try(db.session, door, clock.now())
        db.session.commit()
        account = find_account(db.session, form.email.data)
        if not is_password_right(account, form.password.data):
            return None
    forget_tries(db.session, door)
    if shared:
        take_back_try(db.session, shared, clock.now())
    return account


@blueprint.route("/dang-nhap/ma", methods=["GET", "POST"])
def code() -> Page:
    """Ask for the second factor: six digits of the telephone, or a recovery code, each working once."""
    between, form = find_pending_login(), CodeForm()
    if between is None:
        return too_late()
    if not form.validate_on_submit():
        return render_template("account/code.html", form=form), 422 if form.is_submitted() else 200
    try:
        is_right = _is_code_right(between, form)
    except Shut as shut:
        return wait((render_template("account/code.html", form=form, wait=shut.seconds), 429), shut)
    if not is_right:
        form.code.errors = [_("Mã chưa đúng hoặc đã dùng rồi. Xin đợi mã mới trên điện thoại rồi nhập lại.")]
        return render_template("account/code.html", form=form), 401
    reply = enter(between.account, between.proved, between.target)
    if form.is_recovery:
        left = count_recovery_codes(db.session, between.account)
        flash(_("Mã khôi phục vừa dùng đã hết tác dụng, còn %(n)s mã.", n=left), "warning")
    return reply


def _is_code_right(between: PendingLogin, form: CodeForm) -> bool:
    """Whether the code is right; the attempt is counted as in `_who`."""
    door = code_door(between.account.email)
    count_try(db.session, door, clock.now())
    db.session.commit()
    if form.is_recovery:
        is_right = second_factor.use_recovery_code(db.session, keyring(), between.account, form.typed)
    else:
        is_right = second_factor.use_code(db.session, keyring(), between.account, form.typed, clock.now())
    if is_right:
        forget_tries(db.session, door)
    return is_right


@blueprint.route("/dang-nhap/thiet-lap", methods=["GET", "POST"])
def set_up() -> Page:
    """Set up the second factor of an account that has none: a QR code for the telephone, and a first code."""
    between, form = find_pending_login(), CodeForm()
    if between is None:
        return too_late()
    if has_factor(db.session, between.account):
        return redirect(url_for("account.code"))
    secret = offered_secret(between.account)
    step = second_factor.step_of(secret, form.typed, clock.now()) if form.validate_on_submit() else None
    if step is None:
        return set_up_page(form, between.account, secret)
    try:
        second_factor.set_factor(db.session, keyring(), between.account, secret, step=step)
        codes = second_factor.renew_recovery_codes(db.session, keyring(), between.account)
        begin_session(between.account, between.proved)
        db.session.commit()
    except IntegrityError:  # set up in another window at the same moment
        db.session.rollback()
        return redirect(url_for("account.code"))
    return codes_page(codes, between.account, landing(between.target))


@blueprint.post("/dang-xuat")
def sign_out() -> Response:
    """Sign out; a copy of the cookie is then worthless too."""
    if ActionForm().validate_on_submit():
        if current_user.is_authenticated:
            end_session(db.session, current_user.account.id, current_user.session_id)
            db.session.commit()
        logout_user()
        clear_session()
    return redirect(url_for("account.sign_in"))


def sign_in_page(form: SignInForm, status: int, **words: object) -> tuple[str, int]:
    """Return the sign-in page with the typed values."""
    words = {"action": "", "is_without_accounts": not has_accounts(db.session), "is_widened": _is_widened(), **words}
    return render_template("account/sign_in.html", form=form, **words), status


def _is_widened() -> bool:
    """Whether the account that was last signed in here, by the signed cookie, got a role that invalidated its password.

    Only the cookie is asked, never the typed address, so that strangers learn nothing about an account.
    """
    owner = session.get(LAST_OWNER, "")
    account = db.session.get(Account, actor_of(owner).account_id or 0)
    link = find_link_of(db.session, account, clock.now()) if account else None
    return link is not None and link.is_for_role


@login.unauthorized_handler  # type: ignore[untyped-decorator]
def ask_to_sign_in() -> tuple[str, int]:
    """Answer 401 with the sign-in page, which leads back to the requested page and says that a form was not sent."""
    action = url_for("account.sign_in", next=page_to_return_to())
    words = {"late": late_form(), "not_stored": NOT_STORED}
    return sign_in_page(SignInForm(None), 401, action=action, asked=True, **words)
