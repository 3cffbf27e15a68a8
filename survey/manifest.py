"""The manifest of the survey: pages, commands, permissions, jobs, retention."""

from account.rules.permissions import Role
from core.values.text import N_
from core.web.rooms import NavLink, Permission, Room
from survey.counter import jobs as counter_jobs
from survey.counter import labels
from survey.counter import manage as counter_manage
from survey.counter.cli import survey_cli
from survey.figures import cli as figures_cli
from survey.figures import manage as figures_manage
from survey.figures import views as figures_views
from survey.rating import cli as rating_cli
from survey.rating import manage as rating_manage
from survey.rating import views as rating_views
from survey.rating.files.imports import RatingSheets

PAGES = (counter_manage, rating_manage, rating_views, rating_cli, figures_manage, figures_views, figures_cli)
"""Modules whose pages and commands hang on the blueprints and the command group below."""
PERMISSIONS = (
    Permission(
        "office.see",
        N_("xem cơ quan, quầy và số liệu"),
        frozenset({Role.ADMINISTRATOR, Role.ORGANISER, Role.MANAGER, Role.INSPECTOR}),
    ),
    Permission("office.manage", N_("lập và sửa cơ quan, quầy"), frozenset({Role.ADMINISTRATOR, Role.MANAGER})),
    Permission("office.rehearse", N_("diễn tập ở quầy"), frozenset({Role.ADMINISTRATOR, Role.ORGANISER})),
    Permission("rating.import", N_("nhập phiếu đánh giá từ bảng tính"), frozenset({Role.ORGANISER})),
    Permission("rating.inspect", N_("tải từng lượt đánh giá"), frozenset({Role.INSPECTOR}), reads_people=True),
)

ROOM = Room(
    name="survey",
    blueprints=(rating_views.blueprint, counter_manage.blueprint),
    commands=(survey_cli,),
    navigation=(NavLink("survey_manage.offices", "office.see", N_("Đánh giá"), 20),),
    permissions=PERMISSIONS,
    audit_actions=labels.ACTION,
    audit_fields=labels.FIELD,
    jobs=counter_jobs.HANDLERS,
    sheets=(RatingSheets,),
    error_links={"/ket-qua/": figures_views.way_to, "/quan-tri/danh-gia/": figures_manage.way_to},
    retention=rating_cli.RETENTION,
    after_restore=(rating_cli.erase_again,),
)
