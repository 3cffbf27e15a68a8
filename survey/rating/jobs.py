"""The job that stores a large sheet of ratings; `flask worker` runs it."""

from account.operations.audit import actor_of
from core.importing.job import import_job
from core.jobs import Handler
from survey.rating.files.imports import RatingSheets

RATINGS = "survey.ratings"

HANDLERS: dict[str, Handler] = {RATINGS: import_job(RatingSheets, actor_of)}
