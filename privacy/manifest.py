"""The manifest of persons' rights: the desk, its duties, and the holders that the rooms register."""

from flask import Flask
from flask_babel import lazy_gettext as _

from account.rules.permissions import Role
from core.web.extensions import db
from core.web.rooms import NavLink, Permission, Room, declared
from privacy import jobs, labels
from privacy.manage import agreement, approval, correction, mistake, requests
from privacy.models.holder import register_holders

PAGES = (agreement, correction, mistake)
"""Modules whose pages hang on the blueprint below."""
PERMISSIONS = (
    Permission(
        "person.serve",
        _("trả lời yêu cầu về dữ liệu cá nhân"),
        frozenset({Role.ADMINISTRATOR, Role.ORGANISER}),
    ),
)


def _plug_in(app: Flask) -> None:
    """Let every session know the holders of all rooms."""
    with app.app_context():
        register_holders(db.sessionmaker, declared().holders)


ROOM = Room(
    name="privacy",
    blueprints=(requests.blueprint,),
    navigation=(NavLink("privacy.listed", "person.serve", _("Dữ liệu cá nhân"), 50, icon="person"),),
    permissions=PERMISSIONS,
    audit_actions=labels.ACTION,
    audit_fields=labels.FIELD,
    approvals=approval.HANDLERS,
    retention=jobs.RETENTION,
    daily=(jobs.carry_out_erasures, jobs.announce_due),
    before_replace=(jobs.note_erased,),
    after_restore=(jobs.erase_again,),
    carried=(jobs.carry_withdrawals, jobs.carry_restrictions),
    init_app=_plug_in,
)
