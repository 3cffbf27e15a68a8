"""Letting somebody in again, or no more: links, sessions, the switch."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.forms.manage import ResetForm
from account.manage.accounts import changeable_or_404
from account.manage.blueprint import blueprint
from account.manage.links import hand_over
from account.manage.roles import back
from account.manage.trail import note, note_about, subject_of
from account.operations.links import withdraw
from account.operations.roles import LastAdministrator, switch_off, switch_on
from account.operations.sessions import end_sessions
from account.rules.actions import Action
from core.forms import ActionForm
from core.web.access import requires
from core.web.extensions import db


@blueprint.post("/<int(max=2147483647):account_id>/duong-dan")
@requires("account.manage")
def new_link(account_id: int) -> str | Response:
    """A link to come in by, or back in; any link before it is worth nothing."""
    account, form = changeable_or_404(account_id), ResetForm()
    if not form.validate_on_submit() or not account.is_active:
        return back(account_id)
    return hand_over(account, Action.ACCOUNT_LINK, drops_factor=bool(form.drops_factor.data))


@blueprint.post("/<int(max=2147483647):account_id>/rut-loi-moi")
@requires("account.manage")
def withdraw_invitation(account_id: int) -> Response:
    """Take an invitation back; somebody who has come already stays."""
    account = changeable_or_404(account_id)
    if not ActionForm().validate_on_submit():
        return back(account_id)
    about = subject_of(account)
    done = withdraw(db.session, account)
    if done:
        note_about(Action.ACCOUNT_WITHDRAW, about)
    db.session.commit()
    if not done:
        flash(_("Người này đã nhận lời mời. Muốn dừng thì tắt tài khoản."), "warning")
        return back(account_id)
    flash(_("Đã rút lời mời; đường dẫn đã gửi không dùng được nữa."), "success")
    return redirect(url_for(".accounts"))


@blueprint.post("/<int(max=2147483647):account_id>/tat")
@requires("account.manage")
def turn_off(account_id: int) -> Response:
    """Nobody signs in with it any more, and whoever is, is out."""
    account = changeable_or_404(account_id)
    if ActionForm().validate_on_submit():
        try:
            switch_off(db.session, account)
            note(Action.ACCOUNT_OFF, account)
            db.session.commit()
        except LastAdministrator:
            db.session.rollback()
            flash(_("Đây là người quản trị cuối cùng. Hãy giao vai trò quản trị cho người khác trước."), "error")
        else:
            flash(_("Đã tắt tài khoản và đăng xuất khỏi mọi nơi."), "success")
    return back(account_id)


@blueprint.post("/<int(max=2147483647):account_id>/bat")
@requires("account.manage")
def turn_on(account_id: int) -> Response:
    """Its owner may sign in again."""
    account = changeable_or_404(account_id)
    if ActionForm().validate_on_submit():
        switch_on(db.session, account)
        note(Action.ACCOUNT_ON, account)
        db.session.commit()
        flash(_("Đã bật lại tài khoản."), "success")
    return back(account_id)


@blueprint.post("/<int(max=2147483647):account_id>/ket-thuc-phien")
@requires("account.manage")
def end_all(account_id: int) -> Response:
    """Its owner has to sign in again, everywhere."""
    account = changeable_or_404(account_id)
    if ActionForm().validate_on_submit():
        ended = end_sessions(db.session, account.id)
        note(Action.SESSIONS_END, account, after={"wiped": ended})
        db.session.commit()
        flash(_("Đã đăng xuất người này khỏi %(n)s nơi.", n=ended), "success")
    return back(account_id)
