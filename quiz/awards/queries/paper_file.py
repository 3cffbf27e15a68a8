"""All submitted papers of a closed round, read some at a time."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from commune.models import Unit
from quiz.attempt.models import AnswerSheet, Attempt
from quiz.contest.models import Participant
from quiz.results.models import Result, StandingRow

ROWS_AT_ONCE = 1_000


class FiledPaper(NamedTuple):
    """A submitted paper: `rank` is None where it is not the one that is ranked; `answers` are as stored, none where it
    came with a mark alone. It has no moment: no exact time stands beside an answer.
    """

    participant_id: UUID
    unit: str
    turn: int
    mode: str
    rank: int | None
    correct: int | None
    duration_ms: int | None
    guess: int | None
    answers: str | None
    bloc: int | None = None


def stream_filed(session: Session, result: Result) -> Iterator[FiledPaper]:
    """Yield the ranked papers of *result*, best first, and then all other papers of its round; no rehearsals."""
    line = and_(
        StandingRow.round_id == result.round_id,
        StandingRow.version == result.version,
        StandingRow.participant_id == Attempt.participant_id,
        StandingRow.attempt_id == Attempt.id,
    )
    mine = Attempt.round_id == result.round_id, Attempt.submitted_at.is_not(None), Participant.is_rehearsal.is_(False)
    columns = (
        Attempt.participant_id,
        Unit.name,
        Attempt.ordinal,
        Attempt.mode,
        StandingRow.rank,
        Attempt.correct,
        Attempt.duration_ms,
        AnswerSheet.guess,
        AnswerSheet.answers,
        Participant.bloc,
    )
    papers = select(*columns).join(Participant, Participant.id == Attempt.participant_id)
    papers = papers.join(Unit, Unit.id == Participant.unit_id)
    papers = papers.outerjoin(AnswerSheet, AnswerSheet.attempt_id == Attempt.id).where(*mine)
    ranked = papers.join(StandingRow, line).order_by(StandingRow.position)
    others = papers.outerjoin(StandingRow, line).where(StandingRow.position.is_(None))
    for query in (ranked, others):
        yield from map(FiledPaper._make, session.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}))
