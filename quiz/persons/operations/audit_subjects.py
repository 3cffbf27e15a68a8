"""What the audit trail calls a person's request."""

from account.operations.audit import Subject
from quiz.contest.models import PersonRequest


def of_request(request: PersonRequest) -> Subject:
    """What somebody asked about their own data; who it was is told nowhere here."""
    return Subject("quiz.request", request.id, "Yêu cầu về thông tin cá nhân", request.unit_id)
