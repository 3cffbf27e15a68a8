"""Codes of what the audit trail records about ratings at the counter."""

from enum import StrEnum


class Action(StrEnum):
    """What was done: the noun it was done to, a dot, the verb."""

    OFFICE_CREATE = "office.create"
    OFFICE_EDIT = "office.edit"
    COUNTER_EDIT = "counter.edit"
    COUNTER_CREATE = "counter.create"
    COUNTER_CLOSE = "counter.close"
    COUNTER_REOPEN = "counter.reopen"
    COUNTER_REISSUE = "counter.reissue"
    RATING_IMPORT = "rating.import"
    RATING_EXPORT = "rating.export"
    RATING_RECOUNT = "rating.recount"
    REHEARSAL_BEGIN = "rehearsal.begin"
    REHEARSAL_END = "rehearsal.end"
    REHEARSAL_WIPE = "rehearsal.wipe"
