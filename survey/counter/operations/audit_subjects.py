"""Offices and counters as the subjects of audit entries."""

from account.operations.audit import Subject
from commune.models import Office
from survey.counter.models import Counter


def office_subject(office: Office) -> Subject:
    """An office, as the audit trail calls it."""
    return Subject("survey.office", office.id, office.name, office.unit_id)


def counter_subject(counter: Counter) -> Subject:
    """A counter, as the audit trail calls it."""
    return Subject(
        "survey.counter", counter.id, f"Quầy {counter.number}, {counter.office.name}", counter.office.unit_id
    )
