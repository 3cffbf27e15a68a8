"""Record that an account looked two people up to compare their entries, which tells it about both."""

from collections.abc import Sequence
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

MOST_A_DAY = 30
"""The most lookups of one account in 24 hours: enough for a table of objections, too few to read the standings."""
NOT_FOUND = N_("không thấy")


class NoMoreComparisons(Exception):
    """The account has looked up as many as it may in a day."""


def record_comparison(
    session: Session,
    actor: Actor,
    round: Round,
    pair: Sequence[ComparedEntry | int],
    *,
    reason: str,
    now: datetime,
) -> None:
    """Record that *actor* looks two people of the closed *round* up, by their ranks, with the reason.

    A number stands in the place of an entry where that many people fit what was typed: none, or several to choose from,
    whose units and years the page shows. The limit is read after the entry is written, when other writers of the trail
    wait, so that simultaneous lookups do not pass it together; the caller rolls the entry back.

    Raises:
        TooEarly: the round is not ranked.
        NoMoreComparisons: after `MOST_A_DAY` of this account in the last 24 hours.
    """
    if round.closed_at is None:
        raise TooEarly
    ranks = "; ".join(_words(round, each) for each in pair)
    record(session, actor, QuizAction.ENTRY_COMPARE, of_round(round), after={"ranks": ranks}, reason=reason, now=now)
    mine = AuditEntry.account_id == actor.account_id, AuditEntry.action == QuizAction.ENTRY_COMPARE
    lately = select(func.count()).select_from(AuditEntry).where(*mine, AuditEntry.at > now - timedelta(days=1))
    if (session.scalar(lately) or 0) > MOST_A_DAY:
        raise NoMoreComparisons


def _words(round: Round, found: ComparedEntry | int) -> str:
    if isinstance(found, int):
        return N_("%(n)s người như vậy") % {"n": found} if found else NOT_FOUND
    rank, bloc = str(found.line.rank) if found.line else N_("không xếp hạng"), round.contest.bloc_name(found.bloc)
    return f"{rank} ({bloc})" if bloc else rank
