"""Offices and counters as the subjects of audit entries."""

from account.operations.audit import Subject
from commune.models import Office
from core.values.kept import kept
from core.values.text import N_
from survey.counter.models import Counter

_COUNTER = kept(N_("Quầy %(number)s, %(name)s"))


def office_subject(office: Office) -> Subject:
    """Return *office* as the audit trail names it."""
    return Subject("survey.office", office.id, office.name, office.unit_id)


def counter_subject(counter: Counter) -> Subject:
    """Return *counter* as the audit trail names it."""
    office = counter.office
    return Subject(
        "survey.counter",
        counter.id,
        _COUNTER % {"number": counter.number, "name": office.name},
        office.unit_id,
    )
