"""Bringing an office's sheet into a round: planned without writing, then written whole or not at all."""

from quiz.operations.importing.ground import NoQuestions, NotOpenYet, RoundClosed
from quiz.operations.importing.plan import Plan, plan_entries
from quiz.operations.importing.store import HasErrors, TooBusy, Undecided, import_entries

__all__ = [
    "HasErrors",
    "NoQuestions",
    "NotOpenYet",
    "Plan",
    "RoundClosed",
    "TooBusy",
    "Undecided",
    "import_entries",
    "plan_entries",
]
