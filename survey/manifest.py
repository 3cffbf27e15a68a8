"""The manifest of the survey: pages, commands, permissions, jobs, what it keeps."""

from account.rules.permissions import Role
from core.values.text import N_
from core.web.rooms import NavLink, Permission, Room
from survey import cli, jobs, labels, manage, views
from survey.cli import ratings

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
    blueprints=(views.blueprint, manage.blueprint),
    commands=(cli.survey_cli,),
    navigation=(NavLink("survey_manage.offices", "office.see", N_("Đánh giá"), 20),),
    permissions=PERMISSIONS,
    audit_actions=labels.ACTION,
    audit_fields=labels.FIELD,
    jobs=jobs.HANDLERS,
    error_links={"/ket-qua/": views.way_to, "/quan-tri/danh-gia/": manage.way_to},
    retention=ratings.RETENTION,
    after_restore=(ratings.erase_again,),
)
