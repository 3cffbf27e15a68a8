"""Prizes that people have received, and until when they are given out."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.values.week import day_start, local_date
from quiz.contest.models import Contest, Participant, Round
from quiz.results.models import PrizeClaim, SeasonAward, SeasonDecision, Winner
from quiz.results.queries.result import find_seat
from quiz.results.queries.season_prizes import find_season_award


def claims_of(of: Round | Contest) -> Select[PrizeClaim]:
    """Return the statement of the recorded receipts *of* a round, or of the prizes of a whole contest."""
    query = select(PrizeClaim)
    if isinstance(of, Round):
        return query.where(PrizeClaim.round_id == of.id)
    people = select(Participant.id).where(Participant.contest_id == of.id)
    return query.where(PrizeClaim.round_id.is_(None), PrizeClaim.participant_id.in_(people))


def list_claims(session: Session, of: Round | Contest) -> dict[uuid.UUID, PrizeClaim]:
    """Return the recorded receipts *of* a round, or of the whole contest, by participant."""
    return {each.participant_id: each for each in session.scalars(claims_of(of))}


def find_prize(session: Session, of: Round | Contest, participant_id: uuid.UUID) -> Winner | SeasonAward | None:
    """Return the seat of a participant in the newest results *of* a round, or their decided prize of a contest."""
    if isinstance(of, Round):
        return find_seat(session, of, participant_id)
    person = session.get(Participant, participant_id)
    return find_season_award(session, person) if person and person.contest_id == of.id else None


def find_claimable(
    session: Session, of: Round | Contest, participant_id: uuid.UUID, now: datetime
) -> Winner | SeasonAward | None:
    """Return the confirmed and published prize of a participant; None without one. A decision is public at once."""
    prize = find_prize(session, of, participant_id)
    if prize is None or prize.state != "confirmed" or prize.needs_draw or not prize.tier:
        return None
    if isinstance(of, Round) and (of.published_at is None or of.published_at > now):
        return None
    return prize


def claims_until(round: Round) -> datetime | None:
    """Return the end of the declared days after the publication; None where none are declared."""
    return _until(round.contest, round.published_at)


def season_claims_until(contest: Contest, decision: SeasonDecision) -> datetime | None:
    """Return the end of the declared days after the newest *decision*; None where none are declared."""
    return _until(contest, decision.decided_at)


def _until(contest: Contest, since: datetime | None) -> datetime | None:
    days = contest.prize_terms.claim_days
    if days is None or since is None:
        return None
    return day_start(local_date(since) + timedelta(days=days + 1))
