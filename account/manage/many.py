"""Several accounts at once: switched off or on, signed out everywhere, invitations that are open sent again."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from account.manage.blueprint import blueprint
from account.manage.links import announce_link
from account.manage.trail import note
from account.models import Account
from account.operations.links import make_link
from account.operations.roles import LastAdministrator, lock_all, switch_off, switch_on
from account.operations.sessions import end_sessions
from account.queries.account import is_wholly_within, list_chosen
from account.rules.actions import Action
from account.rules.lifetimes import path_of_link
from core import clock
from core.values.numbers import read_number
from core.web.access import requires, scope
from core.web.extensions import db, settings
from core.web.forms import ActionForm
from core.web.undo import flash_with_undo

MOST = 100
DEEDS = {"tat": Action.ACCOUNT_OFF, "bat": Action.ACCOUNT_ON, "dang-xuat": Action.SESSIONS_END}


@blueprint.route("/nhieu/<any('tat','bat','dang-xuat','moi-lai'):deed>", methods=["GET", "POST"])
@requires("account.manage")
def many(deed: str) -> str | Response:
    """Do *deed* to the accounts that were ticked, once the list of them has been read; the others are named."""
    form, chosen = ActionForm(), _chosen()
    why = {account.id: _unfit(account, deed) for account in chosen}
    fit = [account for account in chosen if not why[account.id]]
    if not chosen:
        flash(_("Chưa đánh dấu tài khoản nào. Xin đánh dấu ở danh sách rồi bấm lại."), "warning")
    elif not form.validate_on_submit() or not fit:
        return render_template("account/manage/many.html", form=form, deed=deed, fit=fit, chosen=chosen, why=why)
    elif deed == "moi-lai":
        return _invite_again(fit)
    else:
        _do(deed, fit)
    return redirect(url_for(".accounts"))


def _chosen() -> list[Account]:
    """The accounts of one's units whose numbers are sent along."""
    sent = request.form if request.method == "POST" else request.args
    numbers = [read_number(typed, digits=9) for typed in sent.getlist("tk")[:MOST]]
    return list_chosen(db.session, [number for number in numbers if number is not None], scope())


def _unfit(account: Account, deed: str) -> str:
    """Why *account* is passed over; empty where it is not."""
    if account.id == current_user.account.id:
        return str(_("là tài khoản ông/bà đang dùng"))
    if not is_wholly_within(account, scope()):
        return str(_("còn có vai trò ở đơn vị khác hoặc cấp trên"))
    if account.is_active is (deed == "bat"):
        return str(_("đang bật") if account.is_active else _("đang tắt"))
    if account.is_invited is not (deed == "moi-lai"):
        return str(_("chưa nhận lời mời") if account.is_invited else _("đã nhận lời mời"))
    return ""


def _do(deed: str, fit: list[Account]) -> None:
    """All of it, and then the trail, whose lock everybody waits for."""
    lock_all(db.session, fit)
    told = {account: _did(deed, account) for account in fit if not _unfit(account, deed)}
    done = [account.id for account, after in told.items() if after is not None]
    for account, after in told.items():
        if after is not None:
            note(DEEDS[deed], account, after=after)
    db.session.commit()
    if len(done) < len(fit):
        flash(_("Bỏ qua tài khoản vừa đổi ở nơi khác, và người quản trị cuối cùng."), "warning")
    if deed == "tat" and done:
        words = _("Đã tắt %(n)s tài khoản và đăng xuất khỏi mọi nơi.", n=len(done))
        flash_with_undo(words, url_for(".many", deed="bat"), [("tk", id) for id in done])
    elif deed == "bat":
        flash(_("Đã bật lại %(n)s tài khoản.", n=len(done)), "success")
    elif done:
        flash(_("Đã đăng xuất %(n)s người khỏi mọi nơi.", n=len(done)), "success")


def _did(deed: str, account: Account) -> dict[str, int] | None:
    """Do it; what the trail says of it, None for the last administrator, who is left as is."""
    if deed == "dang-xuat":
        return {"sessions": end_sessions(db.session, account.id)}
    if deed == "bat":
        switch_on(db.session, account)
        return {}
    try:
        return {} if switch_off(db.session, account) else None
    except LastAdministrator:
        return None


def _invite_again(fit: list[Account]) -> str:
    """New links for all, sent where there is a mail server and shown this once; whoever came meanwhile is left out."""
    lock_all(db.session, fit)
    links: list[tuple[Account, str]] = []
    for account in fit:
        if _unfit(account, "moi-lai"):
            continue
        address = settings().public_url + path_of_link(make_link(db.session, account, now=clock.now()))
        announce_link(account, address)
        links.append((account, address))
    for account, _address in links:
        note(Action.ACCOUNT_LINK, account)
    db.session.commit()
    return render_template("account/manage/many_links.html", made=links, has_mail=bool(settings().mail_url))
