"""The organiser's door: contests, questions, and the one path from the close to the publication."""

from quiz.manage import (
    agreement,
    closing,
    contest,
    correction,
    deletion,
    editing,
    exclusion,
    imports,
    lifecycle,
    mistake,
    publishing,
    rehearsal,
    remark,
    requests,
    round,
)
from quiz.manage.approval import HANDLERS
from quiz.manage.blueprint import blueprint
from quiz.manage.contest import way_to

__all__ = [
    "HANDLERS",
    "agreement",
    "blueprint",
    "closing",
    "contest",
    "correction",
    "deletion",
    "editing",
    "exclusion",
    "imports",
    "mistake",
    "publishing",
    "rehearsal",
    "remark",
    "requests",
    "round",
    "lifecycle",
    "way_to",
]
