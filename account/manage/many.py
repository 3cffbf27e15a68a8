"""Actions for several accounts: switch off or on, sign out everywhere, send open invitations again."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.labels import UNFIT
from account.manage.accounts import blueprint
from account.manage.current import actor
from account.manage.links import address_of
from account.models import Account
from account.operations.many import change_many, invite_again, unfit
from account.queries.account import list_chosen
from account.rules.many import Bulk
from core import clock
from core.values.numbers import read_number
from core.web.access import requires, scope
from core.web.extensions import db, settings
from core.web.forms import ActionForm
from core.web.undo import flash_with_undo

MOST = 100
BULKS = {"tat": Bulk.OFF, "bat": Bulk.ON, "dang-xuat": Bulk.SIGN_OUT, "moi-lai": Bulk.INVITE}


@blueprint.route("/nhieu/<any('tat','bat','dang-xuat','moi-lai'):deed>", methods=["GET", "POST"])
@requires("account.manage")
def many(deed: str) -> str | Response:
    """Do *deed* to the ticked accounts, after a page that lists them and names those that are passed over."""
    form, chosen = ActionForm(), _chosen()
    why = {account.id: _unfit(account, BULKS[deed]) for account in chosen}
    fit = [account for account in chosen if not why[account.id]]
    if not chosen:
        flash(_("Chưa đánh dấu tài khoản nào. Xin đánh dấu ở danh sách rồi bấm lại."), "warning")
    elif not form.validate_on_submit() or not fit:
        return render_template("account/manage/many.html", form=form, deed=deed, fit=fit, chosen=chosen, why=why)
    elif deed == "moi-lai":
        return _invite_again(fit)
    else:
        _change(BULKS[deed], fit)
    return redirect(url_for(".accounts"))


def _chosen() -> list[Account]:
    """Return the accounts of the administrator's units whose numbers were sent."""
    sent = request.form if request.method == "POST" else request.args
    numbers = [read_number(typed, digits=9) for typed in sent.getlist("tk")[:MOST]]
    return list_chosen(db.session, [number for number in numbers if number is not None], scope())


def _unfit(account: Account, bulk: Bulk) -> str:
    """Return the reason why *account* is passed over; empty if it is not."""
    why = unfit(account, bulk, actor(), scope())
    return str(_(UNFIT[why])) if why else ""


def _change(bulk: Bulk, fit: list[Account]) -> None:
    done = [account.id for account in change_many(db.session, actor(), fit, bulk, within=scope(), now=clock.now())]
    db.session.commit()
    if len(done) < len(fit):
        flash(_("Bỏ qua tài khoản vừa đổi ở nơi khác, và người quản trị cuối cùng."), "warning")
    if bulk == Bulk.OFF and done:
        words = _("Đã tắt %(n)s tài khoản và đăng xuất khỏi mọi nơi.", n=len(done))
        flash_with_undo(words, url_for(".many", deed="bat"), [("tk", id) for id in done])
    elif bulk == Bulk.ON:
        flash(_("Đã bật lại %(n)s tài khoản.", n=len(done)), "success")
    elif done:
        flash(_("Đã đăng xuất %(n)s người khỏi mọi nơi.", n=len(done)), "success")


def _invite_again(fit: list[Account]) -> str:
    """Make new links, send them if there is a mail server, and show them once."""
    made = invite_again(db.session, actor(), fit, within=scope(), now=clock.now())
    db.session.commit()
    links = [(account, address_of(secret)) for account, secret in made]
    return render_template("account/manage/many_links.html", made=links, has_mail=bool(settings().mail_url))
