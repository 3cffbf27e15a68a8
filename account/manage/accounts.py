"""The pages with the list of accounts, with one account, and with the form that invites someone."""

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from account.forms.manage import InviteForm, ResetForm, RoleForm
from account.labels import DUTY, ROLE
from account.manage.current import actor
from account.manage.links import link_page
from account.models import Account
from account.operations.administration import invite_account
from account.queries.account import (
    SORTS,
    count_accounts,
    find_account_within,
    has_factor,
    is_wholly_within,
    list_accounts,
)
from account.queries.sessions import find_link_of, list_sessions
from account.rules.permissions import Role
from commune.queries.search import search_units
from commune.queries.units import ABOVE_COMMUNES
from core import clock
from core.values.text import search_key
from core.values.week import local_date
from core.web.access import requires, scope
from core.web.extensions import db
from core.web.paging import paging, searched, sorted_by

blueprint = Blueprint("account_manage", __name__, url_prefix="/quan-tri/tai-khoan/danh-sach")
MOST_UNITS = 20


@blueprint.get("/")
@requires("account.manage")
def accounts() -> str:
    """Show the accounts of the administrator's units, found by name or e-mail address."""
    sort = sorted_by(SORTS)
    page = paging(count_accounts(db.session, scope(), find=searched()), **{"sap-xep": sort if sort != "ten" else ""})
    found = list_accounts(db.session, scope(), find=page.find, sort=sort, part=page.part)
    return render_template("account/manage/accounts.html", accounts=found, page=page, sort=sort, role_label=ROLE)


@blueprint.route("/moi", methods=["GET", "POST"])
@requires("account.manage")
def new_account() -> tuple[str, int]:
    """Invite someone; the link is shown only once."""
    form, mine = offer_units(InviteForm()), current_user.account.unit
    if not form.is_submitted() and mine.kind not in ABOVE_COMMUNES:
        form.where.data = mine.name
    if form.validate_on_submit() and form.picked is not None:
        try:
            account, secret = invite_account(
                db.session, actor(), email=form.email.data, name=form.name.data, role=Role(form.role.data),
                unit=form.picked, now=clock.now(),
            )  # fmt: skip
            db.session.commit()
            return link_page(account, secret), 200
        except IntegrityError:
            db.session.rollback()
            form.email.errors = [_("Thư điện tử này đã có tài khoản. Tìm trong danh sách để thêm vai trò.")]
    return render_template("account/manage/invite.html", form=form, role_label=ROLE, duty=DUTY), (
        422 if form.is_submitted() else 200
    )


@blueprint.get("/<int(max=2147483647):account_id>")
@requires("account.manage")
def account(account_id: int) -> str:
    """Show one account: its roles, its state and the possible actions."""
    return account_page(account_or_404(account_id), RoleForm(None))


def account_page(account: Account, form: RoleForm) -> str:
    """Return the page of *account* with the typed values in the form for another role."""
    now = clock.now()
    return render_template(
        "account/manage/account.html",
        account=account,
        form=form,
        reset=ResetForm(None),
        scope=scope(),
        is_mine_to_change=is_wholly_within(account, scope()),
        is_me=account.id == current_user.account.id,
        has_factor=has_factor(db.session, account),
        link=find_link_of(db.session, account, now),
        sessions=list_sessions(db.session, account, now),
        role_label=ROLE,
        duty=DUTY,
    )


def offer_units(form: RoleForm) -> RoleForm:
    """Search the units that *form* names among those in which the administrator may give roles, and offer them."""
    if form.is_submitted() and form.where.data:
        today = local_date(clock.now())
        found = search_units(db.session, form.where.data, limit=MOST_UNITS, on=today, within=scope())
        named = [each for each in found if search_key(each.unit.name) == search_key(form.where.data)]
        found = named if len(named) == 1 else found
        labels = {each.unit.id: ", ".join([each.unit.name, *(above.name for above in each.parents)]) for each in found}
        form.offer(labels, {each.unit.id: each.unit for each in found})
    return form


def account_or_404(account_id: int) -> Account:
    """Return an account that belongs to the administrator's units or has a role there."""
    return find_account_within(db.session, account_id, scope()) or abort(404)


def changeable_or_404(account_id: int) -> Account:
    """Return an account without roles outside the administrator's units; no other account may be changed."""
    account = account_or_404(account_id)
    return account if is_wholly_within(account, scope()) else abort(404)
