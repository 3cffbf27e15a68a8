"""Store the lines of a version of the results in pieces, each a transaction of its own where the caller commits."""

from collections.abc import Callable, Iterator
from itertools import islice

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.bulk import insert_tuples
from core.clock import MILLISECOND
from quiz.attempt.queries.attempt import EPOCH
from quiz.results.models import StandingRow
from quiz.results.queries.draft import Draft
from quiz.results.rules.ranking import Standing

LINES_AT_ONCE = 2_000
"""The lines of a piece: SQLite's one writer is held for some 20 ms by it."""
COLUMNS = (
    "round_id",
    "version",
    "position",
    "rank",
    "participant_id",
    "attempt_id",
    "correct",
    "duration_ms",
    "guess",
    "distance",
    "submitted_at",
    "decided_by",
    "bloc",
)

Line = tuple[object, ...]
Step = Callable[[], None]


def nothing() -> None:
    """Do nothing: the step between two pieces of one transaction."""


def store_lines(
    session: Session, round_id: int, version: int, draft: Draft, *, hold: Step = nothing, between: Step = nothing
) -> None:
    """Store the standings of *draft* as those of a version whose result does not exist yet; replace any that a close
    left behind which broke off.

    *hold* is called before the writes of each piece and raises where the work has become somebody else's; *between*
    after each piece.
    """
    mine = StandingRow.round_id == round_id, StandingRow.version == version
    while session.scalar(select(StandingRow.position).where(*mine).limit(1)) is not None:
        hold()
        some = select(StandingRow.position).where(*mine).limit(LINES_AT_ONCE)
        session.execute(delete(StandingRow).where(*mine, StandingRow.position.in_(some.scalar_subquery())))
        between()
    lines = _lines(round_id, version, draft)
    while piece := list(islice(lines, LINES_AT_ONCE)):
        hold()
        insert_tuples(session, StandingRow, COLUMNS, piece)
        between()


def _lines(round_id: int, version: int, draft: Draft) -> Iterator[Line]:
    for position, standing in enumerate(draft.standings, start=1):
        yield _line(round_id, version, position, standing, draft.attempts[standing.entry.ref])


def _line(round_id: int, version: int, position: int, standing: Standing, attempt: str) -> Line:
    entry, decided = standing.entry, standing.decided_by
    moment = None if entry.submitted_ms is None else EPOCH + entry.submitted_ms * MILLISECOND
    return (
        round_id,
        version,
        position,
        standing.rank,
        entry.ref,
        attempt,
        entry.correct,
        entry.duration_ms,
        entry.guess,
        standing.distance,
        moment,
        decided.value if decided else None,
        entry.bloc,
    )
