"""Links, sessions and the switch of one account."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from account.forms.manage import ResetForm
from account.labels import ROLE
from account.manage.accounts import blueprint, changeable_or_404
from account.manage.current import actor
from account.manage.links import link_page
from account.manage.roles import back
from account.models import Account
from account.operations import administration
from account.operations.administration import OutOfReach, SwitchedOff
from account.operations.roles import LastAdministrator
from core import clock
from core.web.access import requires, scope
from core.web.extensions import db
from core.web.forms import ActionForm
from core.web.undo import flash_with_undo

Page = tuple[str, int] | Response


@blueprint.post("/<int(max=2147483647):account_id>/duong-dan")
@requires("account.manage")
def new_link(account_id: int) -> str | Response:
    """Make a link to sign in by; earlier links end.

    An administrator can't make one for their own account: at an unlocked screen it would replace the password.
    """
    account, form = changeable_or_404(account_id), ResetForm()
    if account.id == current_user.account.id:
        flash(_("Mật khẩu và mã xác thực của chính mình thì đổi ở trang Tài khoản của tôi."), "warning")
        return back(account_id)
    if not form.validate_on_submit():
        return back(account_id)
    try:
        drops, now = bool(form.drops_factor.data), clock.now()
        secret = administration.give_link(db.session, actor(), account, within=scope(), drops_factor=drops, now=now)
    except OutOfReach:
        abort(404)
    except SwitchedOff:
        return back(account_id)
    db.session.commit()
    return link_page(account, secret)


@blueprint.route("/<int(max=2147483647):account_id>/rut-loi-moi", methods=["GET", "POST"])
@requires("account.manage")
def withdraw_invitation(account_id: int) -> Page:
    """Withdraw an invitation after a question; an account whose owner has already come stays."""
    account, form = changeable_or_404(account_id), ActionForm()
    if account.is_invited and not form.validate_on_submit():
        return _ask("account/manage/withdraw.html", account, form)
    if not administration.withdraw_invitation(db.session, actor(), account, now=clock.now()):
        flash(_("Người này đã nhận lời mời. Muốn dừng thì tắt tài khoản."), "warning")
        return back(account_id)
    db.session.commit()
    flash(_("Đã rút lời mời; đường dẫn đã gửi không dùng được nữa."), "success")
    return redirect(url_for(".accounts"))


@blueprint.route("/<int(max=2147483647):account_id>/tat", methods=["GET", "POST"])
@requires("account.manage")
def turn_off(account_id: int) -> Page:
    """Switch an account off and end its sessions, after a question."""
    account, form = changeable_or_404(account_id), ActionForm()
    if not account.is_active:
        flash(_("Tài khoản này đang tắt."), "warning")
        return back(account_id)
    if not form.validate_on_submit():
        return _ask("account/manage/turn_off.html", account, form)
    try:
        administration.turn_off(db.session, actor(), account, now=clock.now())
        db.session.commit()
    except LastAdministrator:
        db.session.rollback()
        flash(_("Đây là người quản trị cuối cùng. Hãy giao vai trò quản trị cho người khác trước."), "error")
    else:
        _flash_off(account_id)
    return back(account_id)


def _flash_off(account_id: int) -> None:
    """Show the message that the account is off, with an undo link unless it is the administrator's own account."""
    message = _("Đã tắt tài khoản và đăng xuất khỏi mọi nơi.")
    if account_id == current_user.account.id:
        flash(message, "success")
    else:
        flash_with_undo(message, url_for(".turn_on", account_id=account_id))


def _ask(template: str, account: Account, form: ActionForm) -> tuple[str, int]:
    is_mine = account.id == current_user.account.id
    page = render_template(template, account=account, form=form, role_label=ROLE, is_mine=is_mine)
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/<int(max=2147483647):account_id>/bat")
@requires("account.manage")
def turn_on(account_id: int) -> Response:
    """Switch an account on again."""
    account = changeable_or_404(account_id)
    if ActionForm().validate_on_submit():
        administration.turn_on(db.session, actor(), account, now=clock.now())
        db.session.commit()
        flash(_("Đã bật lại tài khoản."), "success")
    return back(account_id)


@blueprint.post("/<int(max=2147483647):account_id>/ket-thuc-phien")
@requires("account.manage")
def end_all(account_id: int) -> Response:
    """End all sessions of an account."""
    account = changeable_or_404(account_id)
    if ActionForm().validate_on_submit():
        ended = administration.sign_out_everywhere(db.session, actor(), account, now=clock.now())
        db.session.commit()
        flash(_("Đã đăng xuất người này khỏi %(n)s nơi.", n=ended), "success")
    return back(account_id)
