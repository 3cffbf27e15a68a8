"""When a new personal code needs a second person, and the approvals that were given for one."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.models import Account, Approval
from account.models.approval import APPROVED, PENDING
from account.rules.relation import Relation
from core.values.week import local_date
from quiz.attempt.models import Attempt
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.rules.actions import QuizAction

GOOD_FOR = timedelta(days=3)
"""How long after the second person's answer the code may be made, over a weekend too."""
KEPT = timedelta(days=30)
"""Older requests have expired, whether answered or not."""


@dataclass(frozen=True)
class Renewal:
    """A request for a new code that waits for its answer, or for its code to be made."""

    approval: Approval
    participant: Participant

    def waits_on(self, today: date) -> bool:
        """Whether the second person has not answered."""
        return self.approval.is_open_on(today)

    def may_be_made(self, now: datetime) -> bool:
        """Whether the second person agreed lately, and no code was made since."""
        decided, renewed = self.approval.decided_at, self.participant.code_renewed_at
        if self.approval.state != APPROVED or decided is None or decided <= now - GOOD_FOR:
            return False
        return renewed is None or renewed < decided


def is_undecided(contest: Contest, now: datetime) -> bool:
    """Return whether a round of *contest* is still to come, runs, or is not published: a code could change a prize."""
    if contest.called_off_at is not None:
        return False
    weeks = (each for each in contest.rounds if each.number > 0)
    return any(each.published_at is None or each.published_at > now for each in weeks)


def list_renewals(session: Session, account: Account, now: datetime) -> list[Renewal]:
    """Return the requests of *account* that wait, or whose code may be made now, the oldest first."""
    query = select(Approval).where(Approval.asked_by_id == account.id, Approval.action == QuizAction.CODE_RENEW)
    query = query.where(Approval.related != Relation.ALONE, Approval.state.in_((PENDING, APPROVED)))
    asked = session.scalars(query.where(Approval.asked_at > now - KEPT).order_by(Approval.asked_at)).all()
    people = [(each, find_asked_for(session, each)) for each in asked]
    found = [Renewal(approval, person) for approval, person in people if person is not None]
    return [each for each in found if each.waits_on(local_date(now)) or each.may_be_made(now)]


def find_asked_for(session: Session, approval: Approval) -> Participant | None:
    """Return the participant of a request, if their row is still there and known."""
    participant = session.get(Participant, uuid.UUID(approval.subject_id))
    return participant if participant is not None and participant.person_id is not None else None


def find_renewal(session: Session, account: Account, id: uuid.UUID, now: datetime) -> Renewal | None:
    """Return the request *id* of *account* if its code may be made now."""
    found = (each for each in list_renewals(session, account, now) if each.approval.id == id)
    return next((each for each in found if each.may_be_made(now)), None)


def list_papers(session: Session, participant: Participant) -> list[tuple[int, datetime | None]]:
    """Return the rounds whose paper *participant* has opened, and when each was submitted, in order."""
    query = select(Round.number, Attempt.submitted_at).join(Round, Round.id == Attempt.round_id)
    query = query.where(Attempt.participant_id == participant.id).order_by(Round.number, Attempt.started_at)
    return [(number, submitted_at) for number, submitted_at in session.execute(query)]
