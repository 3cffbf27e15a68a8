"""Rebuild a round's tally from its attempts, at the close and after a correction."""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quiz.attempt.models import Tally
from quiz.attempt.queries.recount import recount
from quiz.contest.models import Round

Cells = dict[tuple[int, date, int], tuple[int, int, int]]
"""Turns, people and all-correct people by unit, day and bloc."""


def rebuild_tally(session: Session, round: Round) -> list[str]:
    """Count the round anew and replace its tally; return each cell that differed, in words (normally none).

    A person counts on the day of their first submitted attempt, a perfect entry on the day of the counted attempt. A
    participant erased while the round was open has no entry, and only their turns count.
    """
    session.flush()
    return replace_tally(session, round, recount(session, round).cells)


def replace_tally(session: Session, round: Round, counted: Cells) -> list[str]:
    """Replace the tally of *round* by what was *counted*; return the differences as `rebuild_tally` does."""
    rows = list(session.scalars(select(Tally).where(Tally.round_id == round.id)))
    stored: Cells = {(row.unit_id, row.day, row.bloc): (row.turns, row.people, row.perfect) for row in rows}
    differences = [
        f"{_named(cell)}: stored {stored.get(cell)}, counted {counted.get(cell)}"
        for cell in sorted(stored.keys() | counted.keys())
        if _differ(stored.get(cell), counted.get(cell))
    ]
    if differences or not rows:
        for row in rows:
            session.expunge(row)
        session.execute(delete(Tally).where(Tally.round_id == round.id))
        session.add_all(
            Tally(round_id=round.id, unit_id=unit_id, day=day, bloc=bloc, turns=turns, people=people, perfect=perfect)
            for (unit_id, day, bloc), (turns, people, perfect) in counted.items()
        )
        session.flush()
    return differences


def _named(cell: tuple[int, date, int]) -> str:
    unit_id, day, bloc = cell
    return f"unit {unit_id}, {day}, bloc {bloc}" if bloc else f"unit {unit_id}, {day}"


def _differ(one: tuple[int, int, int] | None, other: tuple[int, int, int] | None) -> bool:
    return (one or (0, 0, 0)) != (other or (0, 0, 0))
