"""The manifest of the survey: pages, commands, permissions, jobs, retention."""

from flask_babel import lazy_gettext as _

from account.rules.permissions import Role
from core.web.rooms import Door, NavLink, Permission, Room
from survey.counter import jobs as counter_jobs
from survey.counter import labels
from survey.counter import manage as counter_manage
from survey.counter.cli import survey_cli
from survey.dossier import jobs as dossier_jobs
from survey.dossier import labels as dossier_labels
from survey.dossier import manage as dossier_manage
from survey.dossier.files.imports import DossierSheets
from survey.figures import cli as figures_cli
from survey.figures import manage as figures_manage
from survey.figures import views as figures_views
from survey.figures.manage.decisions import HANDLER
from survey.rating import cli as rating_cli
from survey.rating import jobs as rating_jobs
from survey.rating import manage as rating_manage
from survey.rating import views as rating_views
from survey.rating.files.imports import RatingSheets
from survey.rating.labels import CLASS

PAGES = (
    counter_manage,
    dossier_manage,
    rating_manage,
    rating_views,
    rating_cli,
    figures_manage,
    figures_views,
    figures_cli,
)
"""Modules that add pages and commands to the blueprints and the command group below."""
PERMISSIONS = (
    Permission(
        "office.see",
        _("xem cơ quan, quầy và số liệu"),
        frozenset({Role.ADMINISTRATOR, Role.ORGANISER, Role.MANAGER, Role.INSPECTOR}),
    ),
    Permission("office.manage", _("lập và sửa cơ quan, quầy"), frozenset({Role.ADMINISTRATOR, Role.MANAGER})),
    Permission("office.rehearse", _("diễn tập ở quầy"), frozenset({Role.ADMINISTRATOR, Role.ORGANISER})),
    Permission(
        "dossier.import",
        _("nhập danh sách hồ sơ, ghi số của hệ thống tỉnh"),
        frozenset({Role.ORGANISER, Role.MANAGER}),
    ),
    Permission("dossier.sample", _("rút mẫu hồ sơ và tải danh sách mẫu"), frozenset({Role.ORGANISER})),
    Permission("rating.import", _("nhập phiếu đánh giá từ bảng tính"), frozenset({Role.ORGANISER})),
    Permission("rating.inspect", _("tải từng lượt đánh giá"), frozenset({Role.INSPECTOR}), reads_people=True),
)

ROOM = Room(
    name="survey",
    blueprints=(rating_views.blueprint, counter_manage.blueprint),
    commands=(survey_cli,),
    navigation=(NavLink("survey_manage.offices", "office.see", _("Đánh giá"), 20),),
    doors=(
        Door("survey.offices", _("Kết quả đánh giá"), 10),
        Door("survey.receipt", _("Lượt đánh giá đã gửi"), 20, "lookup"),
    ),
    permissions=PERMISSIONS,
    audit_actions=labels.ACTION | dossier_labels.DOSSIER_ACTION,
    audit_fields=labels.FIELD | dossier_labels.DOSSIER_FIELD,
    audit_values={"class": CLASS},
    approvals=(HANDLER,),
    jobs=counter_jobs.HANDLERS,
    sheets=(RatingSheets, DossierSheets),
    error_links={"/ket-qua/": figures_views.back_link, "/quan-tri/danh-gia/": figures_manage.back_link},
    retention=rating_jobs.RETENTION + dossier_jobs.RETENTION,
    after_restore=(rating_jobs.erase_again,),
)
