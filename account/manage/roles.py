"""Giving and taking roles within one's units."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.forms.manage import GiveForm
from account.labels import ROLE
from account.manage.accounts import account_or_404, account_page, offer_units
from account.manage.blueprint import blueprint
from account.manage.links import hand_over
from account.manage.trail import note
from account.models import Account
from account.operations.roles import LastAdministrator, grant_role, lock, revoke_role
from account.queries.account import find_account_within, has_factor, is_beyond, is_wholly_within
from account.rules.actions import Action
from account.rules.chain import Plain
from account.rules.permissions import Role
from commune.models import Unit
from core.web.access import requires, scope
from core.web.extensions import db
from core.web.forms import ActionForm


@blueprint.post("/<int(max=2147483647):account_id>/vai-tro")
@requires("account.manage")
def give_role(account_id: int) -> str | tuple[str, int] | Response:
    """Another role, in a unit of one's own or below."""
    account, form = account_or_404(account_id), offer_units(GiveForm())
    if not form.validate() or form.picked is None:
        return account_page(account, form), 422
    lock(db.session, account)
    if is_beyond(db.session, account, form.picked):
        return _widen(account, form, form.picked)
    grant_role(db.session, account, Role(form.role.data), form.picked)
    note(Action.ROLE_GIVE, account, after={"role": form.role.data, "unit": form.picked.name})
    db.session.commit()
    flash(_("Đã giao vai trò tại %(unit)s.", unit=form.picked.name), "success")
    return redirect(url_for(".account", account_id=account_id))


@blueprint.post("/<int(max=2147483647):account_id>/vai-tro/<role>/<int(max=2147483647):unit_id>/thoi")
@requires("account.manage")
def take_role(account_id: int, role: str, unit_id: int) -> Response:
    """A role less; whoever had it is signed out at once."""
    account = account_or_404(account_id)
    if unit_id not in scope():
        abort(404)
    if ActionForm().validate_on_submit():
        try:
            done = revoke_role(db.session, account, role, unit_id)
            if done:
                note(Action.ROLE_TAKE, account, before={"role": role, "unit": _name(unit_id)})
            db.session.commit()
        except LastAdministrator:
            db.session.rollback()
            flash(_("Đây là người quản trị cuối cùng. Hãy giao vai trò quản trị cho người khác trước."), "error")
        else:
            flash(_("Đã thu hồi vai trò.") if done else _("Vai trò này đã được thu hồi từ trước."), "success")
    return back(account_id)


def _widen(account: Account, form: GiveForm, unit: Unit) -> str | tuple[str, int]:
    """A role beyond the units of *account*, held by now: asked first, for its owner begins anew by a link.

    Of an account that reaches beyond our own units nothing is done: its link would be a key to what is not ours.
    """
    if not is_wholly_within(account, scope()):
        db.session.rollback()
        form.where.errors = [_("Tài khoản này còn thuộc nơi khác: xin để người quản trị cấp trên giao vai trò này.")]
        return account_page(account, form), 422
    had = has_factor(db.session, account)
    if not form.sure.data:
        db.session.rollback()
        page = render_template(
            "account/manage/widen.html", account=account, form=form, unit=unit, has_factor=had, role_label=ROLE
        )
        return page, 200
    grant_role(db.session, account, Role(form.role.data), unit)
    told: dict[str, Plain] = {"role": form.role.data, "unit": unit.name}
    note(Action.ROLE_GIVE, account, after=told | ({"drops_factor": True} if had else {}))
    given = _("%(role)s tại %(unit)s", role=_(ROLE[form.role.data]), unit=unit.name)
    return hand_over(account, Action.ACCOUNT_LINK, given=given)


def _name(unit_id: int) -> str:
    unit = db.session.get(Unit, unit_id)
    return unit.name if unit else ""


def back(account_id: int) -> Response:
    """To the account, or to the list when it is not of one's units any more."""
    is_there = find_account_within(db.session, account_id, scope()) is not None
    return redirect(url_for(".account", account_id=account_id) if is_there else url_for(".accounts"))
