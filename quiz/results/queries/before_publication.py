"""Single acts of staff before a publication that its approver reads: winners passed over, and codes given anew."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import Account, AuditEntry
from quiz.attempt.models import Attempt, Entry
from quiz.contest.models import Participant, Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import Winner


@dataclass(frozen=True)
class PassedBy:
    """The people that one account marked as not reached in a round, and the time of the first and the last mark."""

    name: str
    people: int
    first: datetime
    last: datetime


def list_passed_by(session: Session, round: Round) -> list[PassedBy]:
    """Return by account how many people were marked as not reached one by one."""
    seats = select(Winner.participant_id).where(Winner.round_id == round.id, Winner.state == "passed")
    people = {str(id) for id in session.scalars(seats)}
    query = (
        select(
            Account.name, func.count(AuditEntry.subject_id.distinct()), func.min(AuditEntry.at), func.max(AuditEntry.at)
        )
        .join(Account, Account.id == AuditEntry.account_id)
        .where(AuditEntry.kind == "quiz.participant", AuditEntry.subject_id.in_(people))
        .where(AuditEntry.action == QuizAction.WINNER_PASS, AuditEntry.at >= round.closed_at)
        .group_by(Account.name)
        .order_by(Account.name)
    )
    return [PassedBy(*row) for row in session.execute(query)]


def count_begun_after_renewal(session: Session, round: Round) -> int:
    """Return the counted papers that were begun after their participant's code had been given anew by staff."""
    query = (
        select(func.count())
        .select_from(Entry)
        .join(Attempt, Attempt.id == Entry.attempt_id)
        .join(Participant, Participant.id == Entry.participant_id)
        .where(Entry.round_id == round.id, Participant.code_renewed_at <= Attempt.started_at)
    )
    return session.scalar(query) or 0
