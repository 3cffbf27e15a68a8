"""Store the lines of a version of the results in pieces, each a transaction of its own where the caller commits."""

from collections.abc import Callable, Iterator

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.bulk import ReadyRows, insert_rows, make_room
from core.packed_rows import Chosen, Column, packed_rows
from core.values.columns import NONE, IdColumn
from quiz.results.models import StandingRow
from quiz.results.queries.draft import Draft
from quiz.results.rules.ranking import Standings

LINES_AT_ONCE = 25_000
"""The lines of a piece: SQLite's one writer is held for some 200 ms by it. Each piece writes again most pages of the
index of positions, so that smaller ones cost more."""

Step = Callable[[], None]


def nothing() -> None:
    """Do nothing: the step between two pieces of one transaction."""


def store_lines(
    session: Session, round_id: int, version: int, draft: Draft, *, hold: Step = nothing, between: Step = nothing
) -> None:
    """Store the standings of *draft* as those of a version whose result does not exist yet; replace any that a close
    left behind which broke off.

    *hold* is called before the writes of each piece and raises where the work has become somebody else's; *between*
    after each piece. The lines come in the order of people, which is that of the larger index.
    """
    mine = StandingRow.round_id == round_id, StandingRow.version == version
    while session.scalar(select(StandingRow.position).where(*mine).limit(1)) is not None:
        hold()
        some = select(StandingRow.position).where(*mine).limit(LINES_AT_ONCE)
        session.execute(delete(StandingRow).where(*mine, StandingRow.position.in_(some.scalar_subquery())))
        between()
    for ready in _pieces(session, round_id, version, draft.standings):
        hold()
        make_room(session)
        insert_rows(session, ready)
        between()


def _pieces(session: Session, round_id: int, version: int, standings: Standings) -> Iterator[ReadyRows]:
    entries, distances = standings.entries, standings.distances
    lines = np.empty(len(entries), np.int64)
    lines[standings.lines] = np.arange(len(entries))
    criteria = [each and each.value for each in standings.decided.criteria]
    for start in range(0, len(entries), LINES_AT_ONCE):
        part = slice(start, start + LINES_AT_ONCE)
        mine, bloc = lines[part], entries.bloc[part]
        columns: dict[str, Column] = {
            "round_id": round_id,
            "version": version,
            "position": mine + 1,
            "rank": standings.ranks[mine],
            "participant_id": IdColumn.of(entries.refs[part]),
            "attempt_id": IdColumn.of(entries.attempts[part]),
            "correct": entries.correct[part],
            "duration_ms": entries.duration_ms[part],
            "guess": entries.guess[part],
            "distance": distances[part],
            "submitted_at": entries.submitted_ms[part],
            "decided_by": Chosen(standings.decided.places[mine].astype(np.int64), criteria),
            "bloc": np.where(bloc == 0, NONE, bloc) if bloc.any() else None,
        }
        yield packed_rows(session, StandingRow, columns)
