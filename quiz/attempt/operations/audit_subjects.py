"""What the audit trail says of an import."""

from quiz.attempt.operations.importing import Plan


def counts_of(plan: Plan) -> dict[str, int]:
    """What came of bringing a sheet in: counts, and nothing of what it held."""
    return {"new": plan.new, "known": plan.known, "left_out": len(plan.faults)}
