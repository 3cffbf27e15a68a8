"""Record that an account compared the entries of two people, which tells it about both."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import AuditEntry
from account.operations.audit import Actor, record
from core.values.text import N_
from quiz.contest.models import Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.rules.actions import QuizAction
from quiz.results.operations.versions import TooEarly
from quiz.results.queries.comparison import ComparedEntry

MOST_A_DAY = 20
"""The most comparisons of one account in 24 hours: enough for a table of objections, too few to read the standings."""


class NoMoreComparisons(Exception):
    """The account has compared as many as it may in a day."""


def record_comparison(
    session: Session,
    actor: Actor,
    round: Round,
    one: ComparedEntry,
    other: ComparedEntry,
    *,
    reason: str,
    now: datetime,
) -> None:
    """Record that *actor* compares two entries of the closed *round*, by their ranks, with the reason.

    Raises:
        TooEarly: the round is not ranked.
        NoMoreComparisons: after `MOST_A_DAY` of this account in the last 24 hours.
    """
    if round.closed_at is None:
        raise TooEarly
    mine = AuditEntry.account_id == actor.account_id, AuditEntry.action == QuizAction.ENTRY_COMPARE
    lately = select(func.count()).select_from(AuditEntry).where(*mine, AuditEntry.at > now - timedelta(days=1))
    if (session.scalar(lately) or 0) >= MOST_A_DAY:
        raise NoMoreComparisons
    ranks = ", ".join(str(each.line.rank) if each.line else N_("không xếp hạng") for each in (one, other))
    record(session, actor, QuizAction.ENTRY_COMPARE, of_round(round), after={"ranks": ranks}, reason=reason, now=now)
