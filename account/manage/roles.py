"""Give and take roles within the administrator's units."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.forms.manage import GiveForm
from account.labels import ROLE
from account.manage.accounts import account_or_404, account_page, blueprint, offer_units
from account.manage.current import actor
from account.manage.links import link_page
from account.models import Account
from account.operations import administration
from account.operations.administration import BeginsAnew, OutOfReach
from account.operations.roles import LastAdministrator
from account.queries.account import find_account_within, has_factor
from account.rules.permissions import Role
from commune.models import Unit
from core import clock
from core.web.access import requires, scope
from core.web.extensions import db
from core.web.forms import ActionForm


@blueprint.post("/<int(max=2147483647):account_id>/vai-tro")
@requires("account.manage")
def give_role(account_id: int) -> str | tuple[str, int] | Response:
    """Give another role in a unit of the administrator or below."""
    account, form = account_or_404(account_id), offer_units(GiveForm())
    if not form.validate() or form.picked is None:
        return account_page(account, form), 422
    try:
        secret = _give(account, form, form.picked)
    except OutOfReach:
        return _out_of_reach(account, form), 422
    except BeginsAnew:
        return _ask_to_widen(account, form, form.picked), 200
    db.session.commit()
    if secret:
        given = _("%(role)s tại %(unit)s", role=_(ROLE[form.role.data]), unit=form.picked.name)
        return link_page(account, secret, given=given)
    flash(_("Đã giao vai trò tại %(unit)s.", unit=form.picked.name), "success")
    return redirect(url_for(".account", account_id=account_id))


@blueprint.post("/<int(max=2147483647):account_id>/vai-tro/<role>/<int(max=2147483647):unit_id>/thoi")
@requires("account.manage")
def take_role(account_id: int, role: str, unit_id: int) -> Response:
    """Take a role away; its holder is signed out at once."""
    account = account_or_404(account_id)
    if unit_id not in scope():
        abort(404)
    if ActionForm().validate_on_submit():
        try:
            done = administration.take_role(db.session, actor(), account, role, unit_id, now=clock.now())
            db.session.commit()
        except LastAdministrator:
            db.session.rollback()
            flash(_("Đây là người quản trị cuối cùng. Hãy giao vai trò quản trị cho người khác trước."), "error")
        else:
            flash(_("Đã thu hồi vai trò.") if done else _("Vai trò này đã được thu hồi từ trước."), "success")
    return back(account_id)


def _give(account: Account, form: GiveForm, unit: Unit) -> str | None:
    role, is_meant, now = Role(form.role.data), bool(form.sure.data), clock.now()
    return administration.give_role(
        db.session, actor(), account, role, unit, within=scope(), is_meant=is_meant, now=now
    )


def _out_of_reach(account: Account, form: GiveForm) -> str:
    db.session.rollback()
    form.where.errors = [_("Tài khoản này còn thuộc nơi khác: xin để người quản trị cấp trên giao vai trò này.")]
    return account_page(account, form)


def _ask_to_widen(account: Account, form: GiveForm, unit: Unit) -> str:
    """Ask before a role beyond the units of *account*: its owner must set a new password by a link."""
    db.session.rollback()
    had = has_factor(db.session, account)
    return render_template(
        "account/manage/widen.html", account=account, form=form, unit=unit, has_factor=had, role_label=ROLE
    )


def back(account_id: int) -> Response:
    """Redirect to the account, or to the list if the account is not of the administrator's units any more."""
    is_there = find_account_within(db.session, account_id, scope()) is not None
    return redirect(url_for(".account", account_id=account_id) if is_there else url_for(".accounts"))
