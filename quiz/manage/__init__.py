"""The organiser's door: contests, questions, and the one path from the close to the publication."""

from quiz.manage import contest, editing, imports, publishing, rehearsal, requests, round, standing
from quiz.manage.approval import HANDLERS
from quiz.manage.blueprint import blueprint

__all__ = [
    "HANDLERS", "blueprint", "contest", "editing", "imports", "publishing", "rehearsal", "requests", "round",
    "standing",
]  # fmt: skip
