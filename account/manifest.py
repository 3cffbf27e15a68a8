"""The manifest of accounts: pages, commands, the roles' own permissions, and the hooks for other rooms."""

from flask import Flask
from flask_babel import lazy_gettext as _

from account import cli, jobs, labels, manage, views
from account.operations.approval import expire_daily
from account.operations.audit import record_at_terminal
from account.rules.permissions import DECIDES, EVERY_ROLE, HAS_JOBS, Role
from account.views import approval, audit
from account.views.current import by_action
from core import audit_hook
from core.web import access
from core.web.extensions import db
from core.web.rooms import NavLink, Permission, Room, declared

PERMISSIONS = (
    Permission("console.see", _("vào trang của cán bộ"), EVERY_ROLE),
    Permission("job.list", _("xem việc chạy nền"), HAS_JOBS),
    Permission("account.manage", _("quản lý tài khoản và vai trò"), frozenset({Role.ADMINISTRATOR})),
    Permission("audit.see", _("xem nhật ký"), frozenset({Role.ADMINISTRATOR, Role.INSPECTOR})),
    Permission("approval.decide", _("phê duyệt việc cần hai người"), DECIDES),
)


def _plug_in(app: Flask) -> None:
    """Register the permission resolver, the owner check of jobs, and the audit writer of terminal commands."""
    access.resolve_by(app, views.permitted_units, views.present_owner)
    app.extensions["jobs_may"] = jobs.may_still
    with app.app_context():
        audit_hook.configure(db.sessionmaker, record_at_terminal)
        app.extensions["approval"] = by_action(declared())


ROOM = Room(
    name="account",
    blueprints=(
        views.blueprint,
        manage.blueprint,
        manage.logos.blueprint,
        approval.blueprint,
        audit.blueprint,
    ),
    commands=(cli.account_cli,),
    navigation=(
        NavLink(
            "account_approval.waiting", "approval.decide", _("Phê duyệt"), 40, icon="tick", waiting=approval.count_mine
        ),
        NavLink("account_manage.accounts", "account.manage", _("Tài khoản"), 60, icon="people"),
        NavLink("account_audit.entries", "audit.see", _("Nhật ký"), 20, is_operation=True, icon="sheet"),
        NavLink("account_logo.logos", "account.manage", _("Biểu trưng"), 30, is_operation=True, icon="card"),
    ),
    permissions=PERMISSIONS,
    audit_actions=labels.ACTION,
    audit_fields=labels.FIELD,
    audit_values=labels.VALUE,
    retention=jobs.RETENTION,
    at_setup=(cli.begin,),
    daily=(expire_daily,),
    at_serve=(cli.point_to_first_run,),
    after_restore=(jobs.end_old_sessions,),
    init_app=_plug_in,
)
