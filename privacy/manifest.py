"""The manifest of persons' rights: permissions and what the audit trail says of requests."""

from account.rules.permissions import Role
from core.values.text import N_
from core.web.rooms import Permission, Room
from privacy import labels

PERMISSIONS = (
    Permission(
        "person.serve",
        N_("trả lời yêu cầu về dữ liệu cá nhân"),
        frozenset({Role.ADMINISTRATOR, Role.ORGANISER}),
    ),
)

ROOM = Room(
    name="privacy",
    permissions=PERMISSIONS,
    audit_actions=labels.ACTION,
    audit_fields=labels.FIELD,
)
