"""The newest published round of all contests, for the front page."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from core.crypto import Keyring
from quiz.contest.models import Contest, Round
from quiz.results.models import Result
from quiz.results.models.contact import WINNERS
from quiz.results.queries.result import RoundOutcome, find_result, read_outcome


@dataclass(frozen=True)
class LatestResults:
    """A published round, its newest results, and its winners."""

    round: Round
    result: Result
    outcome: RoundOutcome


def find_latest_results(session: Session, keyring: Keyring, now: datetime) -> LatestResults | None:
    """Return the results that were published last; None before the first, and without rounds of rehearsals, drafts and
    contests that were called off.
    """
    is_public = (Contest.is_draft.is_(False), Contest.called_off_at.is_(None))
    query = select(Round).join(Round.contest).options(contains_eager(Round.contest)).where(*is_public)
    query = query.where(Round.published_at <= now).order_by(Round.published_at.desc(), Round.id.desc()).limit(1)
    round = session.scalar(query)
    result = find_result(session, round) if round is not None else None
    if round is None or result is None:
        return None
    return LatestResults(round, result, read_outcome(session, keyring, result, (WINNERS,)))
