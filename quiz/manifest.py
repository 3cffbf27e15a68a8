"""The manifest of the contest: pages, commands, permissions, sensitive actions, jobs, duties, retention."""

from account.rules.permissions import Role
from core.values.text import N_
from core.web.rooms import NavLink, Permission, Room
from quiz.attempt.cli import end_rehearsals
from quiz.attempt.files.imports import PaperSheets
from quiz.attempt.manage import editing, imports, lifecycle, rehearsal
from quiz.attempt.views import entry, paper
from quiz.contest import labels
from quiz.contest import manage as contest_manage
from quiz.contest import views as contest_views
from quiz.contest.cli import quiz_cli
from quiz.contest.files.roster import RosterSheets
from quiz.contest.manage import contest as new_contest
from quiz.contest.manage import roster
from quiz.contest.rules.actions import Action
from quiz.persons import cli as persons_cli
from quiz.persons import jobs as persons_jobs
from quiz.persons import views as persons_views
from quiz.persons.manage import agreement, approval_person, correction, deletion, mistake, requests
from quiz.results import cli as results_cli
from quiz.results import jobs as results_jobs
from quiz.results.manage import approval, closing, contest, exclusion, publishing, remark, round
from quiz.results.views import contest as contest_pages
from quiz.results.views import result

PAGES = (
    entry, paper, persons_views, contest_pages, result,
    new_contest, roster, editing, imports, lifecycle, rehearsal,
    closing, contest, exclusion, publishing, remark, round,
    agreement, correction, deletion, mistake, results_cli,
)  # fmt: skip
"""Modules whose pages and commands hang on the blueprints and the command group below."""
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
    blueprints=(contest_views.blueprint, contest_manage.blueprint, requests.blueprint),
    commands=(quiz_cli,),
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
    sheets=(PaperSheets, RosterSheets),
    jobs={**results_jobs.HANDLERS, **persons_jobs.HANDLERS},
    approvals=(*approval.HANDLERS, deletion.HANDLER, *approval_person.HANDLERS),
    error_links={"/thi/": contest_views.way_to, "/quan-tri/cuoc-thi/": contest_manage.way_to},
    retention=persons_cli.RETENTION,
    daily=(end_rehearsals, persons_cli.tell_of_due),
    before_replace=(persons_cli.note_erased,),
    after_restore=(persons_cli.erase_again,),
    carried=(persons_cli.carry_withdrawals, persons_cli.carry_restrictions),
)
