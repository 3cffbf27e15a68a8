"""What the contest brings into the application: pages, commands, jobs, duties, retention."""

from quiz.attempt import jobs as attempt_jobs
from quiz.attempt.cli import end_rehearsals
from quiz.attempt.manage import editing, imports, lifecycle, rehearsal
from quiz.attempt.views import entry
from quiz.contest import manage as contest_manage
from quiz.contest import views as contest_views
from quiz.contest.cli import quiz_cli
from quiz.contest.manage import contest as new_contest
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
    entry, persons_views, contest_pages, result,
    new_contest, editing, imports, lifecycle, rehearsal,
    closing, contest, exclusion, publishing, remark, round,
    agreement, correction, deletion, mistake, results_cli,
)  # fmt: skip
"""Modules whose pages and commands hang on the blueprints and the command group below."""
BLUEPRINTS = (contest_views.blueprint, contest_manage.blueprint, requests.blueprint)
COMMANDS = (quiz_cli,)
ERROR_LINKS = {"/thi/": contest_views.way_to, "/quan-tri/cuoc-thi/": contest_manage.way_to}
JOBS = {**attempt_jobs.HANDLERS, **results_jobs.HANDLERS, **persons_jobs.HANDLERS}
APPROVALS = (*approval.HANDLERS, deletion.HANDLER, *approval_person.HANDLERS)
DAILY = (end_rehearsals, persons_cli.tell_of_due)
AT_REPLACE = (persons_cli.note_erased,)
AT_RESTORE = (persons_cli.erase_again,)
CARRIED = (persons_cli.carry_withdrawals, persons_cli.carry_restrictions)
RETENTION = persons_cli.RETENTION
