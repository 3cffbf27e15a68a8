"""The counted papers of a published round with their ranks, without their people."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from core.columns import Milliseconds
from quiz.attempt.models import TIMED, UNDATED, Attempt, Entry
from quiz.boards.rules.papers import CountedPaper
from quiz.contest.models import Participant, Round
from quiz.results.models import Result, StandingRow

ROWS_AT_ONCE = 2_000


def stream_ranked(session: Session, result: Result) -> Iterator[CountedPaper]:
    """Yield the ranked papers of *result* with the values they were ranked by, best first, some in memory at a time."""
    moment = Milliseconds(StandingRow.submitted_at)
    query = (
        select(
            StandingRow.rank, StandingRow.correct, StandingRow.duration_ms, StandingRow.guess, moment, StandingRow.bloc
        )
        .where(*_lines(result))
        .order_by(StandingRow.position)
    )
    rows = session.connection().execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
    yield from map(CountedPaper._make, rows)


def list_unranked(session: Session, round: Round, result: Result) -> list[CountedPaper]:
    """Return the counted papers that are not ranked in *result*; none are read where as many are ranked as counted."""
    if session.scalar(select(func.count()).where(*_lines(result))) == result.people:
        return []
    query = (
        select(
            Attempt.correct,
            Attempt.duration_ms,
            Entry.guess,
            Milliseconds(Attempt.submitted_at),
            Attempt.mode,
            Participant.bloc,
        )
        .select_from(Entry)
        .join(Attempt, Attempt.id == Entry.attempt_id)
        .join(Participant, Participant.id == Entry.participant_id)
        .outerjoin(StandingRow, and_(*_lines(result), StandingRow.participant_id == Entry.participant_id))
        .where(Entry.round_id == round.id, StandingRow.position.is_(None))
    )
    limit_ms = round.limit_seconds * 1000
    return [
        CountedPaper(
            None, correct or 0, took if mode in TIMED else limit_ms, guess, None if mode == UNDATED else moment, bloc
        )
        for correct, took, guess, moment, mode, bloc in session.execute(query)
    ]


def read_moments(session: Session, result: Result) -> Sequence[int]:
    """Return the different moments of the ranked papers of *result*, the earliest first."""
    moment = Milliseconds(StandingRow.submitted_at).label("moment")
    query = select(moment).distinct().where(*_lines(result), StandingRow.submitted_at.is_not(None)).order_by("moment")
    rows = session.connection().execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
    return array("q", (each for (each,) in rows))


def with_moments(moments: Sequence[int], others: Iterable[int]) -> Sequence[int]:
    """Return the different *moments*, the earliest first, with those of *others* among them, 8 bytes each.

    >>> list(with_moments([1, 5], [5, 3, 3]))
    [1, 3, 5]
    """
    both = merge(moments, sorted(set(others)))
    return array("q", (moment for moment, _same in groupby(both)))


def count_guesses(session: Session, result: Result) -> int:
    """Return how many ranked papers of *result* have a guess."""
    return session.scalar(select(func.count(StandingRow.guess)).where(*_lines(result))) or 0


def _lines(result: Result):  # type: ignore[no-untyped-def]
    return StandingRow.round_id == result.round_id, StandingRow.version == result.version
