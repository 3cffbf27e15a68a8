"""The amendments of a contest's rules."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quiz.contest.models import Contest, RulesAmendment


def list_amendments(session: Session, contest: Contest) -> list[RulesAmendment]:
    """Return the amendments of *contest*, the newest first."""
    query = select(RulesAmendment).where(RulesAmendment.contest_id == contest.id)
    query = query.options(joinedload(RulesAmendment.approval)).order_by(RulesAmendment.number.desc())
    return list(session.scalars(query))
