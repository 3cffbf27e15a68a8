"""What the audit trail says of the second person of a deed."""

from account.models import Approval
from account.rules.chain import Plain
from account.rules.relation import Relation


def agreement(approval: Approval | None) -> dict[str, Plain]:
    """Whether a second person agreed, and who had asked; None too is a deed done by one person alone."""
    if approval is None or approval.related == Relation.ALONE:
        return {"second_approver": False}
    return {"second_approver": True, "asked_by": approval.asked_by_id}
