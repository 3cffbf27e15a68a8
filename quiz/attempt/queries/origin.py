"""Queries for the origin of papers: the site, or an office's sheet."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.attempt.models import SHEETS, Attempt, Entry, Tally
from quiz.contest.models import Participant, Round


def is_held_online(session: Session, contest_id: int) -> bool:
    """Whether any paper of the contest was begun at the site, outside rehearsals."""
    query = (
        select(Attempt.id)
        .join(Round, Round.id == Attempt.round_id)
        .join(Participant, Participant.id == Attempt.participant_id)
        .where(Round.contest_id == contest_id, Attempt.mode.not_in(SHEETS), Participant.is_rehearsal.is_(False))
    )
    return session.scalar(query.limit(1)) is not None


def takes_online(session: Session, round: Round, now: datetime) -> bool:
    """Whether papers of *round*'s contest are or may yet be begun at the site, so that a sheet competes with them."""
    return now < round.closes_at or is_held_online(session, round.contest_id)


def find_sheet_entries(session: Session, round: Round) -> frozenset[str]:
    """Return the participants whose entry in *round* came by sheet, as text."""
    query = select(Entry.participant_id).join(Entry.attempt)
    found = session.scalars(query.where(Entry.round_id == round.id, Attempt.mode.in_(SHEETS)))
    return frozenset(map(str, found))


def count_sheet_entries(session: Session, round_id: int) -> int:
    """Return the number of entries of a round that came by sheet."""
    query = select(func.count()).select_from(Entry).join(Entry.attempt)
    return session.scalar(query.where(Entry.round_id == round_id, Attempt.mode.in_(SHEETS))) or 0


def find_from_sheet(session: Session, round_id: int, participants: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return those of *participants* whose entry in a round came by sheet."""
    query = select(Entry.participant_id).join(Entry.attempt).where(Entry.round_id == round_id)
    return frozenset(session.scalars(query.where(Entry.participant_id.in_(participants), Attempt.mode.in_(SHEETS))))


def count_entries(session: Session, round: Round) -> int:
    """Return how many people have an entry in *round*, from the tally."""
    return session.scalar(select(func.coalesce(func.sum(Tally.people), 0)).where(Tally.round_id == round.id)) or 0


def people_by_round(session: Session, rounds: Collection[int]) -> dict[int, int]:
    """Return how many people have an entry in each of *rounds* with entries, from the tally, in one statement."""
    query = select(Tally.round_id, func.sum(Tally.people)).where(Tally.round_id.in_(rounds)).group_by(Tally.round_id)
    return {round_id: int(people) for round_id, people in session.execute(query) if people} if rounds else {}
