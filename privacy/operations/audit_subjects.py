"""What the audit trail calls a person's request."""

from account.operations.audit import Subject
from privacy.models import PersonRequest

KIND = "quiz.request"
"""As it stands in the chain of the trail, where nothing can be renamed, since requests were the contest's alone."""


def of_request(request: PersonRequest) -> Subject:
    """What somebody asked about their own data; who it was is told nowhere here."""
    return Subject(KIND, request.id, "Yêu cầu về thông tin cá nhân", request.unit_id)
