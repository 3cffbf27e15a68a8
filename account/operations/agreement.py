"""The values by which audit entries record whether a second person agreed."""

from account.models import Approval
from account.rules.chain import Plain
from account.rules.relation import Relation


def agreement(approval: Approval | None) -> dict[str, Plain]:
    """Return whether a second person agreed, and who had asked; None too is a deed done by one person alone."""
    if approval is None or approval.related == Relation.ALONE:
        return {"second_approver": False}
    return {"second_approver": True, "asked_by": approval.asked_by_id}
