"""Prizes that people have received, and until when they are given out."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.values.week import day_start, local_date
from quiz.contest.models import Round
from quiz.results.models import PrizeClaim


def list_claims(session: Session, round: Round) -> dict[uuid.UUID, PrizeClaim]:
    """Return the recorded receipts of *round* by participant."""
    found = session.scalars(select(PrizeClaim).where(PrizeClaim.round_id == round.id))
    return {each.participant_id: each for each in found}


def claims_until(round: Round) -> datetime | None:
    """Return the end of the declared days after the publication; None where none are declared."""
    days = round.contest.prize_terms.claim_days
    if days is None or round.published_at is None:
        return None
    return day_start(local_date(round.published_at) + timedelta(days=days + 1))
