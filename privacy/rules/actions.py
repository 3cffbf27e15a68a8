"""Codes of what the audit trail records about requests of persons."""

from enum import StrEnum


class PrivacyAction(StrEnum):
    """What was done: the noun it was done to, a dot, the verb."""

    PERSON_EXPORT = "person.export"
    PERSON_ERASE = "person.erase"
    PERSON_CORRECT = "person.correct"
    PERSON_STEP = "person.step"
