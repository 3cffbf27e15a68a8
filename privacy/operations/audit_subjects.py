"""Requests of persons as subjects of audit entries."""

from account.operations.audit import Subject
from core.values.kept import kept
from core.values.text import N_
from privacy.models import PersonRequest

_REQUEST = kept(N_("Yêu cầu số %(number)s về thông tin cá nhân"))
KIND = "quiz.request"
"""The kind in audit entries, which are chained by hashes and so keep it from when only the contest had requests."""


def of_request(request: PersonRequest) -> Subject:
    """Return the subject of an audit entry about *request*, without personal data."""
    words = _REQUEST % {"number": request.number}
    return Subject(KIND, request.id, words, request.unit_id)
