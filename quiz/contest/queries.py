"""Contests, their rounds and their questions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from commune.models import Unit
from core.values.text import search_key
from quiz.bank.models import Question
from quiz.contest.models import Contest, ContestUnit, Round
from quiz.contest.models.contest import REHEARSAL
from quiz.contest.rules.schedule import Phase, Span, Stage, phase

WHOLE = slice(0, None)


@dataclass(frozen=True)
class Wanted:
    """Which contests a list shows: whose short names hold every word (they are the titles without marks), and where
    they stand at that moment; `is_public` leaves out what staff alone may see."""

    find: str = ""
    stage: Stage | None = None
    now: datetime | None = None
    is_public: bool = False


EVERY = Wanted()
PUBLIC = Wanted(is_public=True)
"""Every contest that anybody may see."""


def find_contest(session: Session, slug: str, within: Collection[int] | None = None) -> Contest | None:
    """The contest at *slug*; with *within*, only if one of those units owns it."""
    query = select(Contest).where(Contest.slug == slug)
    if within is not None:
        query = query.where(Contest.unit_id.in_(within))
    return session.scalar(query)


def find_shown_contest(session: Session, slug: str) -> Contest | None:
    """The contest at *slug* if people may see it: a draft is shown to whoever knows its address while it is rehearsed,
    and to nobody else."""
    is_shown = or_(Contest.is_draft.is_(False), Contest.is_rehearsal)
    return session.scalar(select(Contest).where(Contest.slug == slug, is_shown))


def list_contests(
    session: Session, within: Collection[int] | None = None, *, wanted: Wanted = EVERY, part: slice = WHOLE
) -> list[Contest]:
    """All contests with their rounds, or those owned by *within* that are *wanted*; the newest first."""
    query = select(Contest).options(selectinload(Contest.rounds)).where(*_contests_like(within, wanted))
    query = query.order_by(Contest.id.desc())
    if part.stop is not None:
        query = query.offset(part.start).limit(part.stop - part.start)
    return list(session.scalars(query))


def count_contests(session: Session, within: Collection[int] | None = None, *, wanted: Wanted = EVERY) -> int:
    """How many `list_contests` has."""
    return session.scalar(select(func.count()).select_from(Contest).where(*_contests_like(within, wanted))) or 0


def _contests_like(within: Collection[int] | None, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [Contest.slug.contains(word, autoescape=True) for word in search_key(wanted.find).split()]
    if within is not None:
        conditions.append(Contest.unit_id.in_(within))
    if wanted.is_public:
        conditions.append(Contest.is_draft.is_(False))
    if wanted.stage is not None and wanted.now is not None:
        conditions.append(_at_stage(wanted.stage, wanted.now))
    return conditions


def _at_stage(stage: Stage, now: datetime) -> ColumnElement[bool]:
    if stage is Stage.DRAFT:
        return Contest.is_draft.is_(True)
    goes_on = and_(Contest.is_draft.is_(False), Contest.called_off_at.is_(None))
    if stage is Stage.OPEN:
        return goes_on & Contest.rounds.any(and_(Round.opens_at <= now, Round.closes_at > now))
    if stage is Stage.WAITING:
        return goes_on & Contest.rounds.any(and_(Round.closes_at <= now, Round.published_at.is_(None)))
    is_over = Contest.rounds.any() & ~Contest.rounds.any(or_(Round.closes_at > now, Round.published_at.is_(None)))
    return or_(goes_on & is_over, Contest.called_off_at.is_not(None))


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
    """The round of *contest* that is open at *now*, or its rehearsal; one without questions opens to nobody, and none
    of a contest that was called off."""
    if contest.called_off_at is not None:
        return None
    query = select(Round).where(Round.contest_id == contest.id, Round.opens_at <= now, Round.closes_at > now)
    query = query.where(Round.number == REHEARSAL if contest.is_rehearsal else Round.number > REHEARSAL)
    return session.scalar(query.where(Round.questions.any()).order_by(Round.number))


def open_rounds(session: Session, of: Collection[Contest], now: datetime) -> dict[int, Round]:
    """The round of each contest that is open at *now*, by the contest's id, in one statement."""
    query = select(Round).where(Round.contest_id.in_([contest.id for contest in of]), Round.questions.any())
    query = query.where(Round.opens_at <= now, Round.closes_at > now).order_by(Round.number.desc())
    return {round.contest_id: round for round in session.scalars(query)}


def find_next_round(session: Session, contest: Contest, now: datetime) -> Round | None:
    """The next round of *contest* to open after *now*."""
    query = select(Round).where(Round.contest_id == contest.id, Round.opens_at > now)
    return session.scalar(query.order_by(Round.number).limit(1))
