"""Codes of the actions that the audit trail records about requests of persons."""

from enum import StrEnum


class PrivacyAction(StrEnum):
    """An action in the audit trail: noun, dot, verb."""

    PERSON_EXPORT = "person.export"
    PERSON_ERASE = "person.erase"
    PERSON_CORRECT = "person.correct"
    PERSON_STEP = "person.step"
