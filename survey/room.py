"""What the survey brings into the application: pages, commands, jobs, duties, retention."""

from survey.counter import jobs as counter_jobs
from survey.counter import manage as counter_manage
from survey.counter.cli import survey_cli
from survey.figures import cli as figures_cli
from survey.figures import manage as figures_manage
from survey.figures import views as figures_views
from survey.rating import cli as rating_cli
from survey.rating import jobs as rating_jobs
from survey.rating import manage as rating_manage
from survey.rating import views as rating_views

PAGES = (counter_manage, rating_manage, rating_views, rating_cli, figures_manage, figures_views, figures_cli)
"""Modules whose pages and commands hang on the blueprints and the command group below."""
BLUEPRINTS = (rating_views.blueprint, counter_manage.blueprint)
COMMANDS = (survey_cli,)
ERROR_LINKS = {"/ket-qua/": figures_views.way_to, "/quan-tri/danh-gia/": figures_manage.way_to}
JOBS = {**counter_jobs.HANDLERS, **rating_jobs.HANDLERS}
AT_RESTORE = (rating_cli.erase_again,)
RETENTION = rating_cli.RETENTION
