"""Contests, their rounds and their questions."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from commune.models import Unit
from quiz.models import Contest, ContestUnit, Question, Round
from quiz.models.contest import REHEARSAL
from quiz.rules.schedule import Phase, Span, phase


def find_contest(session: Session, slug: str, within: Collection[int] | None = None) -> Contest | None:
    """The contest at *slug*; with *within*, only if one of those units owns it."""
    query = select(Contest).where(Contest.slug == slug)
    if within is not None:
        query = query.where(Contest.unit_id.in_(within))
    return session.scalar(query)


def list_contests(session: Session, within: Collection[int] | None = None) -> list[Contest]:
    """All contests with their rounds, or those owned by *within*; the newest first."""
    query = select(Contest).options(selectinload(Contest.rounds)).order_by(Contest.id.desc())
    if within is not None:
        query = query.where(Contest.unit_id.in_(within))
    return list(session.scalars(query))


def rounds_with_questions(session: Session) -> frozenset[int]:
    """Ids of the rounds that have a question, in one statement; the others open to nobody."""
    return frozenset(session.scalars(select(Question.round_id).distinct()))


def list_contest_units(session: Session, contest: Contest) -> list[Unit]:
    """The units for which residents may enter *contest*, in Vietnamese order."""
    joined = select(Unit).join(ContestUnit, ContestUnit.unit_id == Unit.id).options(joinedload(Unit.parent))
    return list(session.scalars(joined.where(ContestUnit.contest_id == contest.id).order_by(Unit.sort_key)))


def find_round(session: Session, contest: Contest, number: int) -> Round | None:
    """Round *number* of *contest* with its questions and choices."""
    query = (
        select(Round)
        .where(Round.contest_id == contest.id, Round.number == number, Round.number > REHEARSAL)
        .options(selectinload(Round.questions).selectinload(Question.choices))
    )
    return session.scalar(query)


def phase_of(round: Round, now: datetime) -> Phase:
    """Where *round* stands at *now*."""
    return phase(span_of(round), round.closed_at, round.published_at, now)


def span_of(round: Round) -> Span:
    """The three moments of *round*."""
    return Span(round.opens_at, round.closes_at, round.results_at)


def find_open_round(session: Session, contest: Contest, now: datetime) -> Round | None:
    """The round of *contest* that is open at *now*, or its rehearsal; one without questions opens to nobody."""
    query = select(Round).where(Round.contest_id == contest.id, Round.opens_at <= now, Round.closes_at > now)
    query = query.where(Round.number == REHEARSAL if contest.is_rehearsal else Round.number > REHEARSAL)
    return session.scalar(query.where(Round.questions.any()).order_by(Round.number))


def find_next_round(session: Session, contest: Contest, now: datetime) -> Round | None:
    """The next round of *contest* to open after *now*."""
    query = select(Round).where(Round.contest_id == contest.id, Round.opens_at > now)
    return session.scalar(query.order_by(Round.number).limit(1))
