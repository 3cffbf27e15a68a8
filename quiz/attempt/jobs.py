"""Import a large sheet of papers in the background."""

from account.operations.audit import actor_of
from core.importing.job import import_job
from core.jobs import Handler
from quiz.attempt.files.imports import PaperSheets

ENTRIES = "quiz.entries"

HANDLERS: dict[str, Handler] = {ENTRIES: import_job(PaperSheets, actor_of)}
