"""Codes of the audit trail's actions on offices, counters and ratings."""

from enum import StrEnum


class SurveyAction(StrEnum):
    """An action: the noun it was done to, a dot, the verb."""

    OFFICE_CREATE = "office.create"
    OFFICE_EDIT = "office.edit"
    COUNTER_EDIT = "counter.edit"
    COUNTER_CREATE = "counter.create"
    COUNTER_CLOSE = "counter.close"
    COUNTER_REOPEN = "counter.reopen"
    COUNTER_REISSUE = "counter.reissue"
    RATING_IMPORT = "rating.import"
    RATING_EXPORT = "rating.export"
    RATING_DECIDE = "rating.decide"
    RATING_RECOUNT = "rating.recount"
    REHEARSAL_BEGIN = "rehearsal.begin"
    REHEARSAL_END = "rehearsal.end"
    REHEARSAL_WIPE = "rehearsal.wipe"
