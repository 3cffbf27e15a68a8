"""Freeze the entries of a round, and rank them without holding up any other writer (decision 0064)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from core.bulk import ReadyRows, without_collections
from core.clock import MILLISECOND
from core.db import parts
from quiz.attempt.operations.tally import rebuild_tally, replace_tally
from quiz.attempt.queries.eligible import find_unranked
from quiz.attempt.queries.origin import is_held_online
from quiz.attempt.queries.paper import find_paper
from quiz.attempt.queries.recount import Recount, recount_papers, rules_of
from quiz.attempt.queries.round_papers import RoundPapers
from quiz.attempt.queries.tally_check import Cells, list_alarms
from quiz.contest.models import Participant, ParticipantVersion, Round
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations.answers import count_answers, ready_answers, store_answers
from quiz.results.operations.people import Row, count_by_unit, keep_people, store_people, with_capped
from quiz.results.operations.versions import Changed, TooEarly, lock_round
from quiz.results.queries.draft import Draft, draft_results


class CloseTakenOver(Changed):
    """Another close, or another correction, of the round began after this one and goes on alone."""


@dataclass(frozen=True)
class RankedRound:
    """A frozen round, ranked and counted, not stored."""

    draft: Draft
    turns: int
    cells: Cells
    answers: ReadyRows
    people: Sequence[Row]
    differences: Sequence[str]


def freeze_round(session: Session, round: Round, *, now: datetime) -> bool:
    """Let no entry of *round* change from here on, until it is closed; return False when it is closed already.

    The conditional UPDATE waits for papers that are being stored. It must not run before `SETTLING` after the close,
    since papers that arrived in time may still be being stored. Freezing again takes the work over from a close that
    broke off, or that is still at work and then stops.

    Raises:
        TooEarly: *now* is before that.
    """
    if now < round.closes_at + SETTLING:
        raise TooEarly
    is_free = or_(Round.frozen_at.is_(None), Round.frozen_at < now)
    claim = update(Round).where(Round.id == round.id, Round.closed_at.is_(None), is_free).values(frozen_at=now)
    if session.execute(claim.returning(Round.id)).first() is None:
        return False
    session.refresh(round)
    return True


def hold_frozen(session: Session, round: Round, frozen_at: datetime) -> None:
    """Begin to write as the close, or the correction, that froze *round* at that moment.

    Raises:
        CloseTakenOver: another one has frozen it again.
    """
    mine = (Round.id == round.id, Round.frozen_at == frozen_at)
    same = update(Round).where(*mine).values(number=Round.number).returning(Round.id)
    if session.execute(same.execution_options(synchronize_session=False)).first() is None:
        raise CloseTakenOver


def freeze_again(session: Session, round: Round, *, now: datetime) -> datetime:
    """Take over the closed *round* for a correction, and return the moment that names the correction.

    A correction that is at work finds that out before its next write, and stops.

    Raises:
        TooEarly: the round is not closed.
    """
    lock_round(session, round)
    if round.closed_at is None:
        raise TooEarly
    round.frozen_at = max(now, round.frozen_at + MILLISECOND) if round.frozen_at else now
    session.flush()
    return round.frozen_at


@without_collections()
def rank_frozen(session: Session, round: Round, papers: RoundPapers) -> RankedRound:
    """Mark, count and rank the *papers* of the frozen *round*; this reads alone.

    Papers from sheets rank at the limit in a contest that was held online.
    """
    key, is_online = find_paper(session, round.id, round.paper_version).key, is_held_online(session, round.contest_id)
    found = recount_papers(papers, rules_of(round), key)
    draft = draft_results(
        round,
        found.entries,
        unranked=find_unranked(session, round),
        limited=found.from_sheets if is_online else None,
    )
    return RankedRound(
        draft,
        found.turns.total(),
        found.cells,
        ready_answers(session, count_answers(round, found)),
        _people_by_unit(session, round, found),
        found.differences,
    )


def _people_by_unit(session: Session, round: Round, found: Recount) -> Sequence[Row]:
    """Return the different people of each unit and bloc; those of *found* while no other round is closed."""
    others = select(Round.id).where(Round.contest_id == round.contest_id, Round.closed_at.is_not(None))
    if session.scalar(others.where(Round.id != round.id).limit(1)) is not None:
        return count_by_unit(session, round.contest_id, closing=round.id)
    people = Counter[tuple[int, int]]()
    for (unit_id, _day, bloc), count in found.people.items():
        people[unit_id, bloc] += count
    row = {"contest_id": round.contest_id, "before": 0}
    counted = ((at, count) for at, count in people.items() if count)
    rows = [row | {"unit_id": unit_id, "bloc": bloc, "people": count} for (unit_id, bloc), count in counted]
    return with_capped(session, round.contest_id, rows, closing=round.id)


def store_counts(session: Session, round: Round, ranked: RankedRound, since: datetime) -> list[str]:
    """Store what was counted of *round*, which is closed now, and return the differences from what was stored, those
    first that daily counts found before.

    Where a person of the contest was moved to another unit *since* it was frozen, units are counted again.
    """
    if is_corrected(session, round, since):
        differences = rebuild_tally(session, round)
        keep_people(session, round.contest_id)
    else:
        differences = replace_tally(session, round, ranked.cells)
        store_people(session, round.contest_id, ranked.people)
    store_answers(session, round, ranked.answers)
    return [*list_alarms(session, round), *differences, *ranked.differences]


def is_corrected(session: Session, round: Round, since: datetime) -> bool:
    """Return whether the facts of a person of the contest were corrected *since*, and perhaps the unit."""
    later = select(ParticipantVersion.participant_id).where(ParticipantVersion.until >= since)
    people = session.scalars(later).all()  # few; joined, SQLite would begin with everybody of the contest
    mine = select(Participant.id).where(Participant.contest_id == round.contest_id).limit(1)
    return any(session.scalar(mine.where(Participant.id.in_(some))) for some in parts(people))
