"""The manifest of the contest: pages, commands, permissions, sensitive actions, jobs, what it keeps."""

from account.rules.permissions import Role
from core.values.text import N_
from core.web.rooms import NavLink, Permission, Room
from quiz import cli, jobs, labels, manage, views
from quiz.manage import requests
from quiz.rules.actions import Action

PERMISSIONS = (
    Permission(
        "contest.see",
        N_("xem cuộc thi"),
        frozenset({Role.ADMINISTRATOR, Role.ORGANISER, Role.INSPECTOR, Role.WRITER}),
    ),
    Permission("contest.manage", N_("tổ chức cuộc thi"), frozenset({Role.ORGANISER})),
    Permission(
        "result.see", N_("xem số lượt và thứ hạng trước khi công bố"), frozenset({Role.ORGANISER, Role.INSPECTOR})
    ),
    Permission("question.write", N_("soạn câu hỏi"), frozenset({Role.ORGANISER, Role.WRITER})),
    Permission("contact.open", N_("mở thông tin liên hệ"), frozenset({Role.ORGANISER}), reads_people=True),
    Permission(
        "person.serve",
        N_("trả lời yêu cầu về dữ liệu cá nhân"),
        frozenset({Role.ADMINISTRATOR, Role.ORGANISER}),
    ),
)
"""`result.see` is for who counts and who watches, not for who writes questions or looks after accounts."""

ROOM = Room(
    name="quiz",
    blueprints=(views.blueprint, manage.blueprint, requests.blueprint),
    commands=(cli.quiz_cli,),
    navigation=(
        NavLink("quiz_manage.contests", "contest.see", N_("Cuộc thi"), 30),
        NavLink("quiz_requests.listed", "person.serve", N_("Dữ liệu cá nhân"), 50),
    ),
    permissions=PERMISSIONS,
    audit_actions=labels.ACTION,
    audit_fields=labels.FIELD,
    audit_values=labels.VALUE,
    audit_restricted=dict.fromkeys(
        (Action.ROUND_CLOSE, Action.WINNER_CONFIRM, Action.WINNER_PASS, Action.WINNER_RECALL), "result.see"
    ),
    jobs=jobs.HANDLERS,
    approvals=manage.HANDLERS,
    error_links={"/thi/": views.way_to, "/quan-tri/cuoc-thi/": manage.way_to},
    retention=cli.RETENTION,
    daily=(cli.end_rehearsals, cli.tell_of_due),
    before_replace=(cli.note_erased,),
    after_restore=(cli.erase_again,),
    carried=(cli.carry_withdrawals, cli.carry_restrictions),
)
