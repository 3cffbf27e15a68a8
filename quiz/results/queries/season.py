"""The standings of a whole contest: the sum of everybody's counted papers over its published rounds."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from quiz.attempt.rules.entry import EntryValue
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.rules.presets import Criterion, Key
from quiz.results.models import Result, StandingRow
from quiz.results.queries.result import newest_versions
from quiz.results.rules.ranking import rank

ORDER = (Key(Criterion.CORRECT), Key(Criterion.DURATION, 1000))
"""Most right answers in all rounds together, then less time; a round without a paper adds nothing right."""
SHOWN = 10


@dataclass(frozen=True)
class SeasonLine:
    """A person's rank over the whole contest, in their bloc where it has blocs: rounds, right answers, ms taken."""

    rank: int
    participant: Participant
    rounds: int
    correct: int
    duration_ms: int | None

    @property
    def participant_id(self) -> uuid.UUID:
        """The person, as pages that name people ask for it."""
        return self.participant.id


def read_season(session: Session, contest: Contest, rounds: Sequence[Round]) -> list[list[SeasonLine]]:
    """Return the first `SHOWN` people of *contest* over its published *rounds*, a list for each bloc; papers without a
    rank and rounds without results add nothing.
    """
    newest = newest_versions().where(Result.round_id.in_([round.id for round in rounds])).subquery()
    is_newest = and_(Result.round_id == newest.c.round_id, Result.version == newest.c.version)
    results = session.scalars(select(Result).join(newest, is_newest)).all()
    return [_front(session, results, bloc) for bloc in contest.numbered_blocs] if results else []


def _front(session: Session, results: Iterable[Result], bloc: int | None) -> list[SeasonLine]:
    row = StandingRow
    mine: list[ColumnElement[bool]] = [
        or_(*(and_(row.round_id == each.round_id, row.version == each.version) for each in results))
    ]
    if bloc is not None:
        mine.append(row.bloc == bloc)
    right, count = func.sum(row.correct), func.count()
    time = case((func.count(row.duration_ms) == count, func.sum(row.duration_ms)))
    query = select(row.participant_id, count, right, time).where(*mine).group_by(row.participant_id)
    found = session.execute(query.order_by(right.desc(), time.is_(None), time, row.participant_id).limit(SHOWN)).all()
    people = select(Participant).where(Participant.id.in_([each[0] for each in found]))
    known = {each.id: each for each in session.scalars(people.options(joinedload(Participant.unit)))}
    totals = {str(who): (known[who], rounds) for who, rounds, _right, _time in found}
    entries = [EntryValue(str(who), int(right), time, None, None) for who, _rounds, right, time in found]
    return [
        SeasonLine(one.rank, *totals[one.entry.ref], one.entry.correct, one.entry.duration_ms)
        for one in rank(entries, ORDER, None)
    ]
