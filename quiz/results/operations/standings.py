"""Store the lines of a version of the results in pieces, each a transaction of its own where the caller commits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.bulk import insert_columns, make_room
from quiz.results.models import StandingRow
from quiz.results.queries.draft import Draft
from quiz.results.rules.ranking import Standings, distance

LINES_AT_ONCE = 10_000
"""The lines of a piece: SQLite's one writer is held for some 100 ms by it."""

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
    for piece in _pieces(round_id, version, draft.standings):
        hold()
        make_room(session)
        insert_columns(session, StandingRow, piece)
        between()


def _pieces(round_id: int, version: int, standings: Standings) -> Iterator[Mapping[str, Sequence[Any]]]:
    entries = standings.entries
    lines = [0] * len(entries)
    for line, at in enumerate(standings.lines):
        lines[at] = line
    for start in range(0, len(entries), LINES_AT_ONCE):
        part = slice(start, start + LINES_AT_ONCE)
        mine, guesses = lines[part], entries.guess[part]
        yield {
            "round_id": [round_id] * len(mine),
            "version": [version] * len(mine),
            "position": [line + 1 for line in mine],
            "rank": [standings.ranks[line] for line in mine],
            "participant_id": entries.refs[part],
            "attempt_id": entries.attempts[part],
            "correct": entries.correct[part],
            "duration_ms": entries.duration_ms[part],
            "guess": guesses,
            "distance": list(map(distance, guesses, repeat(standings.target))),
            "submitted_at": entries.submitted_ms[part],
            "decided_by": [decided and decided.value for decided in map(standings.decided.__getitem__, mine)],
            "bloc": entries.bloc[part],
        }
