"""The retention of dossiers."""

from flask_babel import lazy_gettext

from core.retention import Rule
from core.values.text import N_
from survey.dossier.operations import purge_dossiers
from survey.dossier.rules.retention import DOSSIER_DAYS

RETENTION = (
    Rule(
        "dossiers",
        N_("Danh sách hồ sơ của cơ quan (số hồ sơ, thủ tục, các ngày; không có họ tên, số điện thoại) và mẫu đã rút"),
        lazy_gettext("%(years)s năm (%(days)s ngày)", years=DOSSIER_DAYS // 365, days=DOSSIER_DAYS),
        N_("Đủ để so với năm trước và để thanh tra hai năm liền"),
        purge_dossiers,
    ),
)
"""The retention rule for dossiers."""
