"""The amendments of a contest's rules."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quiz.contest.models import Contest, RulesAmendment


def list_amendments(session: Session, contest: Contest) -> list[RulesAmendment]:
    """Return the amendments of *contest*, the newest first."""
    query = select(RulesAmendment).where(RulesAmendment.contest_id == contest.id)
    query = query.options(joinedload(RulesAmendment.approval)).order_by(RulesAmendment.number.desc())
    return list(session.scalars(query))


def find_last_headcounts(session: Session, contest: Contest) -> datetime | None:
    """Return when the headcounts of *contest* were last amended; None where they never were."""
    mine = (RulesAmendment.contest_id == contest.id, RulesAmendment.headcounts.is_not(None))
    last = select(RulesAmendment.made_at).where(*mine).order_by(RulesAmendment.made_at.desc())
    return session.scalar(last.limit(1))
