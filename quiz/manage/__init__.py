"""The organiser's door: contests, questions, and the one path from the close to the publication."""

from quiz.manage import contest, deletion, exclusion, imports, publishing, rehearsal, remark, requests, round
from quiz.manage.approval import HANDLERS
from quiz.manage.blueprint import blueprint

__all__ = [
    "HANDLERS",
    "blueprint",
    "contest",
    "deletion",
    "exclusion",
    "imports",
    "publishing",
    "rehearsal",
    "remark",
    "requests",
    "round",
]
