"""Queries for contests, their rounds and their questions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from commune.models import Unit
from commune.queries.spellings import MayEnter
from core.content import holds_words
from core.db import parts
from core.values.text import search_key
from quiz.bank.models import QuestionRevision
from quiz.contest.models import (
    Contest,
    ContestUnit,
    Participant,
    RosterPerson,
    Round,
    RoundQuestion,
)
from quiz.contest.models.contest import REHEARSAL
from quiz.contest.rules.presets import Eligibility, Rules
from quiz.contest.rules.schedule import ContestStage, Phase, Span, phase

WHOLE = slice(0, None)


@dataclass(frozen=True)
class Wanted:
    """A filter of a list of contests: words of the short name (the title without diacritics) or of a title in another
    language, and the stage at *now*; `is_public` leaves out contests that only staff can see.
    """

    find: str = ""
    stage: ContestStage | None = None
    now: datetime | None = None
    is_public: bool = False


EVERY = Wanted()
PUBLIC = Wanted(is_public=True)
"""Every public contest."""


def find_contest(session: Session, slug: str, within: Collection[int] | None = None) -> Contest | None:
    """Return the contest at *slug*; with *within*, only if one of those units owns it."""
    query = select(Contest).where(Contest.slug == slug)
    if within is not None:
        query = query.where(Contest.unit_id.in_(within))
    return session.scalar(query)


def find_shown_contest(session: Session, slug: str | int, now: datetime) -> Contest | None:
    """Return the contest at *slug*, or with this id, as the public sees it at *now*: a draft only in a rehearsal.

    A rehearsal past its time counts as ended, although its data waits for the daily wipe: `is_rehearsal` is then False.
    """
    rehearses = is_rehearsed_at(now)
    is_meant = Contest.id == slug if isinstance(slug, int) else Contest.slug == slug
    query = select(Contest, rehearses).where(is_meant, or_(Contest.is_draft.is_(False), rehearses))
    row = session.execute(query).first()
    if row is None:
        return None
    contest: Contest = row[0]
    set_committed_value(contest, "is_rehearsal", bool(row[1]))
    return contest


def is_rehearsed_at(now: Any) -> ColumnElement[bool]:
    """Return the condition that a contest is in rehearsal at *now*, a moment or a parameter, and the time is not
    over.
    """
    in_time = and_(Round.contest_id == Contest.id, Round.number == REHEARSAL, Round.closes_at > now)
    return and_(Contest.is_rehearsal, select(Round.id).where(in_time).correlate(Contest).exists())


def list_contests(
    session: Session, within: Collection[int] | None = None, *, wanted: Wanted = EVERY, part: slice = WHOLE
) -> list[Contest]:
    """Return all contests with their rounds, or those owned by *within* that are *wanted*; the newest first."""
    query = select(Contest).options(selectinload(Contest.rounds)).where(*contests_like(within, wanted))
    query = query.order_by(Contest.id.desc())
    if part.stop is not None:
        query = query.offset(part.start).limit(part.stop - part.start)
    return list(session.scalars(query))


def count_contests(session: Session, within: Collection[int] | None = None, *, wanted: Wanted = EVERY) -> int:
    """Return the number of contests that `list_contests` lists."""
    return session.scalar(select(func.count()).select_from(Contest).where(*contests_like(within, wanted))) or 0


def contests_like(within: Collection[int] | None, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions on a contest of the units *within* that is *wanted*."""
    words = search_key(wanted.find).split()
    held = [Contest.slug.contains(word, autoescape=True) for word in words]
    conditions = [or_(and_(*held), holds_words(Contest.title, words))] if words else []
    if within is not None:
        conditions.append(Contest.unit_id.in_(within))
    if wanted.is_public:
        conditions.append(Contest.is_draft.is_(False))
    if wanted.stage is not None and wanted.now is not None:
        conditions.append(at_stage(wanted.stage, wanted.now))
    return conditions


def at_stage(stage: ContestStage, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a contest is at *stage* at *now*."""
    if stage is ContestStage.DRAFT:
        return Contest.is_draft.is_(True)
    goes_on = and_(Contest.is_draft.is_(False), Contest.called_off_at.is_(None))
    if stage is ContestStage.OPEN:
        return goes_on & Contest.rounds.any(and_(Round.opens_at <= now, Round.closes_at > now))
    if stage is ContestStage.WAITING:
        return goes_on & Contest.rounds.any(and_(Round.closes_at <= now, Round.published_at.is_(None)))
    is_over = Contest.rounds.any() & ~Contest.rounds.any(or_(Round.closes_at > now, Round.published_at.is_(None)))
    return or_(goes_on & is_over, Contest.called_off_at.is_not(None))


def list_current_contests(session: Session, now: datetime) -> list[Contest]:
    """Return public contests with a round that is not over at *now*, with their rounds, newest first; called-off ones
    included.
    """
    query = select(Contest).options(selectinload(Contest.rounds)).where(Contest.is_draft.is_(False))
    return list(session.scalars(query.where(Contest.rounds.any(Round.closes_at > now)).order_by(Contest.id.desc())))


def list_past_contests(session: Session, now: datetime) -> list[Contest]:
    """Return public contests whose last round is over at *now*, the last to end first, without called-off ones."""
    is_held = (Contest.is_draft.is_(False), Contest.called_off_at.is_(None), Contest.rounds.any())
    query = select(Contest).where(*is_held, ~Contest.rounds.any(Round.closes_at > now))
    ended = select(func.max(Round.closes_at)).where(Round.contest_id == Contest.id).scalar_subquery()
    return list(session.scalars(query.order_by(ended.desc(), Contest.id.desc())))


def list_open_contests(session: Session, now: datetime) -> list[tuple[Contest, Round]]:
    """Return contests whose round is open, with that round; a round without questions does not open."""
    running = {contest: round for contest in _going_on(session, now) if (round := _find_running(contest, now))}
    ready = rounds_with_questions(session, [round.id for round in running.values()])
    return [(contest, round) for contest, round in running.items() if round.id in ready]


def list_upcoming_contests(session: Session, now: datetime) -> list[tuple[Contest, Round]]:
    """Return contests that are neither open nor past, with the round that is due or next, the first to open first."""
    is_open = {contest.id for contest, _round in list_open_contests(session, now)}
    rest = [contest for contest in _going_on(session, now) if contest.id not in is_open]
    found = [(contest, next(round for round in contest.rounds if round.closes_at > now)) for contest in rest]
    return sorted(found, key=lambda each: (each[1].opens_at, each[0].id))


def _going_on(session: Session, now: datetime) -> list[Contest]:
    return [contest for contest in list_current_contests(session, now) if contest.takes_papers]


def list_called_off_contests(session: Session, now: datetime) -> list[Contest]:
    """Return contests that were called off and would still run; their pages stay so that visitors learn it."""
    return [contest for contest in list_current_contests(session, now) if contest.called_off_at]


def _find_running(contest: Contest, now: datetime) -> Round | None:
    return next((round for round in contest.rounds if round.opens_at <= now < round.closes_at), None)


def list_slugs_like(session: Session, slug: str, but: Contest | None = None) -> set[str]:
    """Return the slugs of contests that begin with *slug*, without that of *but*."""
    query = select(Contest.slug).where(Contest.slug.startswith(slug, autoescape=True))
    return set(session.scalars(query if but is None else query.where(Contest.id != but.id)))


def rounds_with_questions(session: Session, ids: Collection[int]) -> frozenset[int]:
    """Return those of the rounds *ids* that have a question; the others do not open."""
    return frozenset(session.scalars(select(RoundQuestion.round_id).where(RoundQuestion.round_id.in_(ids)).distinct()))


def list_contest_units(session: Session, contest: Contest) -> list[Unit]:
    """Return the units whose residents may enter *contest*, in Vietnamese order."""
    joined = select(Unit).join(ContestUnit, ContestUnit.unit_id == Unit.id).options(joinedload(Unit.parent))
    return list(session.scalars(joined.where(ContestUnit.contest_id == contest.id).order_by(Unit.sort_key)))


def may_enter(contest: Contest) -> MayEnter:
    """Return the units that a sheet for *contest* may name."""
    return MayEnter(contest.unit_id, [each.unit_id for each in contest.units])


def count_roster(session: Session, contest: Contest) -> tuple[int, datetime | None]:
    """Return the number of people on the roster of *contest*, and the time of its last import."""
    query = select(func.count(), func.max(RosterPerson.imported_at)).where(RosterPerson.contest_id == contest.id)
    count, last = session.execute(query).one()
    return count, last


def is_roster_in_use(session: Session, contest: Contest) -> bool:
    """Return whether the roster of *contest* decides who is ranked in a round to come, and somebody has registered.

    Then taking people out of it takes prizes away.
    """
    if contest.called_off_at is not None or Rules.from_dict(contest.rules).eligibility is not Eligibility.ROSTER:
        return False
    if all(each.closed_at is not None for each in contest.rounds if each.number != REHEARSAL):
        return False
    people = select(Participant.id).where(Participant.contest_id == contest.id, Participant.is_rehearsal.is_(False))
    return session.scalar(people.limit(1)) is not None


def find_on_roster(session: Session, contest: Contest, hashes: Collection[bytes]) -> set[bytes]:
    """Return those of these identity hashes that are on the roster of *contest*."""
    query = select(RosterPerson.identity_hash).where(RosterPerson.contest_id == contest.id)
    return {
        found for part in parts(hashes) for found in session.scalars(query.where(RosterPerson.identity_hash.in_(part)))
    }


def list_on_rosters(session: Session, participants: Collection[Participant]) -> list[RosterPerson]:
    """Return the rows of *participants* on the rosters of their contests."""
    query, identity = select(RosterPerson), tuple_(RosterPerson.contest_id, RosterPerson.identity_hash)
    pairs = [(each.contest_id, each.identity_hash) for each in participants]
    return [row for some in parts(pairs) for row in session.scalars(query.where(identity.in_(some)))]


def find_round(session: Session, contest: Contest, number: int) -> Round | None:
    """Return round *number* of *contest* with its questions and choices."""
    query = (
        select(Round)
        .where(Round.contest_id == contest.id, Round.number == number, Round.number > REHEARSAL)
        .options(
            selectinload(Round.questions).joinedload(RoundQuestion.revision).selectinload(QuestionRevision.choices)
        )
    )
    return session.scalar(query)


def phase_of(round: Round, now: datetime) -> Phase:
    """Return the phase of *round* at *now*."""
    return phase(span_of(round), round.closed_at, round.published_at, now)


def span_of(round: Round) -> Span:
    """Return the three moments of *round*."""
    return Span(round.opens_at, round.closes_at, round.results_at)


def find_open_round(session: Session, contest: Contest, now: datetime) -> Round | None:
    """Return the round of *contest* that is open at *now*, or its rehearsal; None for one without questions.

    None also when the contest was called off.
    """
    if contest.called_off_at is not None:
        return None
    query = select(Round).where(Round.contest_id == contest.id, Round.opens_at <= now, Round.closes_at > now)
    query = query.where(Round.number == REHEARSAL if contest.is_rehearsal else Round.number > REHEARSAL)
    return session.scalar(query.where(Round.questions.any()).order_by(Round.number))


def list_open_rounds(session: Session, contest_id: int, now: datetime) -> list[Round]:
    """Return the rounds of a contest that take papers at *now*: several where one week has several papers."""
    query = select(Round).where(Round.contest_id == contest_id, Round.opens_at <= now, Round.closes_at > now)
    query = query.where(Round.number > REHEARSAL, Round.questions.any())
    return list(session.scalars(query.order_by(Round.number)))


def open_rounds(session: Session, of: Collection[Contest], now: datetime) -> dict[int, Round]:
    """Return the round of each contest that is open at *now*, by the contest's id, in one statement."""
    query = select(Round).where(Round.contest_id.in_([contest.id for contest in of]), Round.questions.any())
    query = query.where(Round.opens_at <= now, Round.closes_at > now).order_by(Round.number.desc())
    return {round.contest_id: round for round in session.scalars(query)}


def find_next_round(session: Session, contest: Contest, now: datetime) -> Round | None:
    """Return the next round of *contest* to open after *now*."""
    query = select(Round).where(Round.contest_id == contest.id, Round.opens_at > now)
    return session.scalar(query.order_by(Round.number).limit(1))
