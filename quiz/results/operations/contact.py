"""Grant an account access to participants' names and numbers for a while."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.audit import Actor, record
from account.rules.chain import Plain
from commune.models import Unit
from quiz.contest.models import Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.queries import phase_of
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.schedule import Phase
from quiz.results.models import ContactOpening
from quiz.results.models.contact import ABSENT, FRONT, LINES
from quiz.results.operations.audit_subjects import of_front
from quiz.results.operations.versions import TooEarly
from quiz.results.queries.result import find_result

OPEN_FOR = timedelta(hours=24)
"""A day, long enough to call everybody in line for a prize; a forgotten tab then shows nothing."""


def grant_contact_access(
    session: Session, actor: Actor, round: Round, *, account_id: int, people: str, reason: str, now: datetime,
    approval: Approval | None = None, unit: Unit | None = None,
) -> ContactOpening:  # fmt: skip
    """Let the account see the contacts of *people* (`quiz.results.models.contact`) of a closed round for a day.

    Those of `LINES` may be opened from the hour of the close on, before the round is ranked, until it is published;
    those of `ABSENT`, of one *unit*, while the round takes papers, and not beyond its close.

    The front of the standings needs a second person's *approval* where the setting asks for it; the audit trail says
    whether there was one.

    Raises:
        TooEarly: the round is not closed, or, for `LINES`, published, or, for `ABSENT`, not open.
    """
    if not _may_open(session, round, people, now):
        raise TooEarly
    until = min(now + OPEN_FOR, round.closes_at) if people == ABSENT else now + OPEN_FOR
    opening = ContactOpening(
        round_id=round.id,
        account_id=account_id,
        people=people,
        unit_id=unit.id if unit else None,
        reason=reason,
        opened_at=now,
        closes_at=until,
    )
    session.add(opening)
    is_front = people == FRONT
    subject = of_front(round, account_id) if is_front and approval else of_round(round)
    after: dict[str, Plain] = {"shown": people, "until": until.isoformat()}
    after |= {"unit": unit.name} if unit else {}
    after |= agreement(approval) if is_front else {}
    record(session, actor, QuizAction.CONTACT_OPEN, subject, after=after, reason=reason, now=now)
    return opening


def _may_open(session: Session, round: Round, people: str, now: datetime) -> bool:
    if people == LINES:
        return round.closes_at <= now and round.published_at is None
    if people == ABSENT:
        return phase_of(round, now) is Phase.OPEN and round.contest.takes_papers
    return find_result(session, round) is not None
