"""The manifest of report: the front page, the staff's home, the page of data retention."""

from flask_babel import lazy_gettext as _

from core.web.rooms import Door, NavLink, Room
from report import manage, views

ROOM = Room(
    name="report",
    blueprints=(views.blueprint, *manage.BLUEPRINTS),
    doors=(
        Door(
            "report.lookup",
            _("Tra cứu"),
            30,
            pages=frozenset({"quiz.result", "quiz.rights", "quiz.verify", "survey.receipt"}),
        ),
        Door("report.privacy", _("Quyền riêng tư"), 10, "about"),
        Door("report.accessibility", _("Trợ năng"), 20, "about"),
        Door("account.sign_in", _("Dành cho cán bộ"), 30, "about"),
    ),
    navigation=(
        NavLink("report_manage.home", "console.see", _("Hôm nay"), 10, icon="home"),
        NavLink("report_retention.kept", "account.manage", _("Lưu giữ"), 40, is_operation=True, icon="lock"),
    ),
)
