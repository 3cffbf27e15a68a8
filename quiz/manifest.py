"""The manifest of the contest: pages, commands, permissions, sensitive actions, jobs, duties, retention."""

from flask_babel import lazy_gettext as _

from account.rules.permissions import Role
from core.web.rooms import Door, NavLink, Permission, Room
from quiz.attempt import cli as attempt_cli
from quiz.attempt import jobs as attempt_jobs
from quiz.attempt.files.imports import PaperSheets
from quiz.attempt.manage import (
    amending,
    amending_headcounts,
    contests,
    editing,
    import_approval,
    imports,
    inviting,
    joining,
    key_sheet,
    lifecycle,
    paper_sheets,
    planning,
    rehearsal,
    reprinting,
    units,
)
from quiz.attempt.operations.rehearsal import end_rehearsals
from quiz.attempt.operations.tally import check_tallies
from quiz.attempt.views import confirm, draft, entry, paper, phone, report_question, sent_paper, sheet_question
from quiz.awards import jobs as awards_jobs
from quiz.awards import views as awards_views
from quiz.awards.manage import (
    certificates,
    collective,
    collective_files,
    contest_file,
    paper_file,
    rank_changes,
    round_file,
    season,
    season_calls,
    season_claims,
    season_comparison,
    season_draw,
    season_files,
    trial,
    unit_comparison,
)
from quiz.awards.manage import draw as unit_draw
from quiz.awards.operations.trial import delete_old_trials
from quiz.boards.views import (
    board,
    calendar,
    door,
    embed,
    hall_clock,
    honours,
    last_week,
    pictures,
    practice,
    result,
    share,
)
from quiz.boards.views import contest as contest_pages
from quiz.boards.views import posters as public_posters
from quiz.boards.views import round as round_page
from quiz.contest import manage as contest_manage
from quiz.contest import views as contest_views
from quiz.contest.cli import quiz_cli
from quiz.contest.files.roster import RosterSheets
from quiz.contest.jobs import fold_names
from quiz.contest.labels import audit
from quiz.contest.manage import (
    bank,
    cards,
    mending,
    plan_questions,
    posters,
    question_export,
    question_import,
    questions,
    roster,
)
from quiz.contest.manage import contest as new_contest
from quiz.contest.operations.pictures import delete_unused_pictures
from quiz.contest.rules.actions import QuizAction
from quiz.outreach import jobs as outreach_jobs
from quiz.outreach import views as outreach_views
from quiz.outreach.manage import announcements, turnout
from quiz.persons import jobs as persons_jobs
from quiz.persons.manage import deletion, renewal, unit_requests
from quiz.persons.operations.holder import HOLDER
from quiz.persons.views import rights, unit
from quiz.results import cli as results_cli
from quiz.results import jobs as results_jobs
from quiz.results.manage import (
    approval,
    claims,
    closing,
    comparison,
    contest,
    draw,
    exclusion,
    lines,
    nicknames,
    objections,
    objections_many,
    passing,
    publishing,
    remark,
    review,
    review_many,
    round,
    simulation,
)
from quiz.results.views import objection

PAGES = (
    confirm, draft, entry, paper, sent_paper, sheet_question, report_question, phone, rights, unit, door,
    contest_pages, board,
    round_page, honours,
    practice, hall_clock, result, objection, last_week, calendar, pictures, share, public_posters,
    new_contest, questions, question_import, question_export, plan_questions,
    units, bank, mending, roster, cards, posters, contests, editing, amending, amending_headcounts, planning,
    inviting, joining, imports, lifecycle, paper_sheets, reprinting, key_sheet, rehearsal, turnout, announcements,
    outreach_views,
    claims, closing, comparison, contest, draw, exclusion, lines, nicknames, objections, objections_many, passing,
    publishing, remark, review, review_many, round, simulation, trial, awards_views, certificates, collective,
    collective_files, contest_file, paper_file, rank_changes, round_file, unit_comparison,
    season, season_calls, season_claims, season_comparison, season_draw, season_files, unit_draw,
    deletion, renewal, unit_requests, attempt_cli, results_cli,
)  # fmt: skip
"""Modules that add pages and commands to the blueprints and the command group below."""
PERMISSIONS = (
    Permission(
        "contest.see",
        _("xem cuộc thi"),
        frozenset({Role.ADMINISTRATOR, Role.ORGANISER, Role.INSPECTOR, Role.WRITER}),
    ),
    Permission("contest.manage", _("tổ chức cuộc thi"), frozenset({Role.ORGANISER})),
    Permission(
        "result.see", _("xem số lượt và thứ hạng trước khi công bố"), frozenset({Role.ORGANISER, Role.INSPECTOR})
    ),
    Permission("question.write", _("soạn câu hỏi"), frozenset({Role.ORGANISER, Role.WRITER})),
    Permission("contact.open", _("mở thông tin liên hệ"), frozenset({Role.ORGANISER}), reads_people=True),
)
"""Those who write questions or manage accounts do not get `result.see`."""

ROOM = Room(
    name="quiz",
    blueprints=(contest_views.blueprint, contest_views.short, contest_manage.blueprint, embed.blueprint),
    commands=(quiz_cli,),
    navigation=(NavLink("quiz_manage.contests", "contest.see", _("Cuộc thi"), 30, icon="cup"),),
    doors=(
        Door("quiz.contests", _("Cuộc thi"), 20),
        Door("quiz.result", _("Kết quả thi"), 10, "lookup"),
        Door("quiz.rights", _("Thông tin cá nhân"), 30, "lookup"),
        Door("quiz.verify", _("Xác minh giấy chứng nhận"), 40, "lookup"),
    ),
    permissions=PERMISSIONS,
    audit_actions=audit.ACTION,
    audit_fields=audit.FIELD,
    audit_values=audit.VALUE,
    audit_restricted=dict.fromkeys(
        (
            QuizAction.ROUND_CLOSE,
            QuizAction.LINE_CONFIRM,
            QuizAction.CLUSTER_DECIDE,
            QuizAction.WINNER_CONFIRM,
            QuizAction.WINNER_MISS,
            QuizAction.WINNER_PASS,
            QuizAction.WINNER_PASS_ALL,
            QuizAction.WINNER_RECALL,
            QuizAction.DRAW_RECORD,
            QuizAction.SEASON_CONFIRM,
            QuizAction.SEASON_MISS,
            QuizAction.SEASON_PASS,
            QuizAction.SEASON_RECALL,
            QuizAction.SEASON_DRAW,
        ),
        "result.see",
    ),
    audit_quoted=("message", "words", "nickname", "summary", "organiser"),
    sheets=(PaperSheets, RosterSheets),
    jobs={**results_jobs.HANDLERS, **awards_jobs.HANDLERS, **outreach_jobs.HANDLERS, **persons_jobs.HANDLERS},
    approvals=(
        *approval.HANDLERS,
        collective.HANDLER,
        unit_draw.HANDLER,
        season.HANDLER,
        season_draw.HANDLER,
        import_approval.HANDLER,
        deletion.HANDLER,
        renewal.HANDLER,
        roster.HANDLER,
        amending.HANDLER,
        amending_headcounts.HANDLER,
        announcements.HANDLER,
        joining.HANDLER,
    ),
    error_links={"/thi/": contest_views.back_link, "/quan-tri/cuoc-thi/": contest_manage.back_link},
    retention=(*attempt_jobs.RETENTION, *persons_jobs.RETENTION),
    at_setup=(fold_names,),
    daily=(outreach_jobs.keep_states, fold_names, end_rehearsals, delete_old_trials, delete_unused_pictures),
    daily_checks=(check_tallies,),
    after_restore=(persons_jobs.forget_on_rosters_again,),
    holders=(HOLDER,),
)
