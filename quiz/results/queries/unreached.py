"""The unanswered calls, and the people in line for a prize whose days of calling are over."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.contest.models import Round
from quiz.results.models import EntryCluster, MissedCall, Winner
from quiz.results.queries.result import find_result, list_winners
from quiz.results.rules.calls import calls_until


@dataclass(frozen=True)
class Calls:
    """The unanswered calls to one person in a round."""

    count: int
    first: datetime
    last: datetime


CallsByPerson = Mapping[uuid.UUID, Calls]


def list_missed_calls(session: Session, round: Round) -> CallsByPerson:
    """Return by participant the unanswered calls of *round*."""
    query = (
        select(
            MissedCall.participant_id,
            func.count(),
            func.min(MissedCall.called_at),
            func.max(MissedCall.called_at),
        )
        .where(MissedCall.round_id == round.id)
        .group_by(MissedCall.participant_id)
    )
    return {id: Calls(count, first, last) for id, count, first, last in session.execute(query)}


def calls_since(session: Session, round: Round) -> datetime | None:
    """Return since when winners of *round* may be called: its close, or the last decision of a review that held the
    calls up; None before the close.
    """
    mine = (EntryCluster.round_id == round.id, EntryCluster.is_strong)
    decided_at = session.scalar(select(func.max(EntryCluster.decided_at)).where(*mine))
    return round.closed_at and max(round.closed_at, decided_at or round.closed_at)


def list_unreached(session: Session, round: Round, now: datetime) -> list[Winner]:
    """Return the pending winners of *round* whose declared days since the first unanswered call are over."""
    result = find_result(session, round)
    if result is None:
        return []
    calls, days = list_missed_calls(session, round), round.declared.call_days
    return [each for each in list_winners(session, result) if is_unreached(each, calls, days, now)]


def is_unreached(winner: Winner, calls: CallsByPerson, days: int | None, now: datetime) -> bool:
    """Return whether *winner* is pending and the declared *days* since the first of their *calls* are over.

    A person who was not called is not: the days count from a call, not from the list.
    """
    missed = calls.get(winner.participant_id)
    is_waiting = winner.state == "pending" and not winner.needs_draw
    return is_waiting and missed is not None and calls_until(missed.first, days) <= now
