"""What the audit trail calls the things of this room."""

from account.operations.audit import Subject
from account.rules.chain import Plain
from quiz.models import Contest, PersonRequest, Result, Round
from quiz.operations.importing import Plan


def of_contest(contest: Contest) -> Subject:
    """A contest."""
    return Subject("quiz.contest", contest.id, contest.title, contest.unit_id)


def of_round(round: Round) -> Subject:
    """A week."""
    return Subject("quiz.round", round.id, f"Tuần {round.number}, {round.contest.title}", round.contest.unit_id)


def of_request(request: PersonRequest) -> Subject:
    """What somebody asked about their own data; who it was is told nowhere here."""
    return Subject("quiz.request", request.id, "Yêu cầu về thông tin cá nhân", request.unit_id)


def closed(result: Result) -> dict[str, Plain]:
    """What a week's close came to."""
    return {"state": "closed", "turns": result.turns, "people": result.people, "perfect": result.perfect}


def counts_of(plan: Plan) -> dict[str, int]:
    """What came of bringing a sheet in: counts, and nothing of what it held."""
    return {"new": plan.new, "known": plan.known, "left_out": len(plan.faults)}
