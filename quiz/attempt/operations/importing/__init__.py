"""Import an office's sheet into a round: planned without writing, then written wholly or not at all."""

from quiz.attempt.operations.importing.context import (
    DrawnPapers,
    NoQuestions,
    NotOpenYet,
    RoundClosed,
    TakesNoPapers,
    check_round,
)
from quiz.attempt.operations.importing.plan import EntryPlan, find_doubts, plan_entries
from quiz.attempt.operations.importing.store import (
    HasErrors,
    Refused,
    TooBusy,
    Undecided,
    import_entries,
    store_entries,
)

__all__ = [
    "Refused",
    "HasErrors",
    "DrawnPapers",
    "NoQuestions",
    "NotOpenYet",
    "EntryPlan",
    "RoundClosed",
    "TakesNoPapers",
    "TooBusy",
    "Undecided",
    "check_round",
    "find_doubts",
    "import_entries",
    "store_entries",
    "plan_entries",
]
