"""The manifest of report: the front page, the staff's home, the page of data retention."""

from flask_babel import lazy_gettext as _

from core.web.rooms import NavLink, Room
from report import manage, views

ROOM = Room(
    name="report",
    blueprints=(views.blueprint, manage.blueprint, manage.retention),
    navigation=(
        NavLink("report_manage.home", "console.see", _("Hôm nay"), 10),
        NavLink("report_retention.kept", "account.manage", _("Lưu giữ"), 40, is_operation=True),
    ),
)
