"""Requests of persons as subjects of audit entries."""

from account.operations.audit import Subject
from privacy.models import PersonRequest

KIND = "quiz.request"
"""The kind in audit entries, which are chained by hashes and so keep it from when only the contest had requests."""


def of_request(request: PersonRequest) -> Subject:
    """Return the subject of an audit entry about *request*, without personal data."""
    words = f"Yêu cầu số {request.number} về thông tin cá nhân"
    return Subject(KIND, request.id, words, request.unit_id)
