"""Compare the tallies of the rounds that are not closed with a count of their papers."""

import json
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from account.models import AuditEntry
from quiz.attempt.labels.differences import MENDED
from quiz.attempt.models import Attempt, Tally
from quiz.attempt.queries.recount import recount
from quiz.contest.models import Round
from quiz.contest.models.contest import REHEARSAL, is_changeable
from quiz.contest.rules.actions import QuizAction

Counts = tuple[int, int, int]
"""Turns, people and all-correct people."""
Cells = dict[tuple[int, date, int], Counts]
"""Counts by unit, day and bloc."""


def list_doubtful(session: Session) -> list[int]:
    """Return the ids of the rounds with papers, not closed, whose tally is not what their papers give.

    This only reads. While papers are handed in, PostgreSQL may read a paper and not yet its count: look again under
    the lock of the round before anything is said of it.
    """
    has_papers = exists().where(Attempt.round_id == Round.id, Attempt.submitted_at.is_not(None))
    rounds = session.scalars(select(Round).where(is_changeable(), Round.number != REHEARSAL, has_papers))
    return [each.id for each in rounds if differences(stored_cells(session, each), recount(session, each).cells)]


def stored_cells(session: Session, round: Round) -> Cells:
    """Return the tally of *round* as it is stored."""
    names = (Tally.unit_id, Tally.day, Tally.bloc, Tally.turns, Tally.people, Tally.perfect)
    rows = session.execute(select(*names).where(Tally.round_id == round.id))
    return {(unit_id, day, bloc): (turns, people, perfect) for unit_id, day, bloc, turns, people, perfect in rows}


def differences(stored: Mapping[tuple[int, date, int], Counts], counted: Cells) -> list[str]:
    """Return each cell that differs, in words; a missing cell is one of zeros."""
    cells: Iterable[tuple[int, date, int]] = sorted(stored.keys() | counted.keys())
    none = (0, 0, 0)
    return [
        f"{_named(cell)}: stored {stored.get(cell)}, counted {counted.get(cell)}"
        for cell in cells
        if stored.get(cell, none) != counted.get(cell, none)
    ]


def list_alarms(session: Session, round: Round) -> list[str]:
    """Return the differences that were found and mended before the close of *round*, oldest first, called so."""
    query = select(AuditEntry).where(
        AuditEntry.action == QuizAction.ROUND_RECOUNT, AuditEntry.subject_id == str(round.id)
    )
    entries = session.scalars(query.order_by(AuditEntry.number))
    return [f"{MENDED}{line}" for entry in entries for line in str(json.loads(entry.after)["found"]).splitlines()]


def _named(cell: tuple[int, date, int]) -> str:
    unit_id, day, bloc = cell
    return f"unit {unit_id}, {day}, bloc {bloc}" if bloc else f"unit {unit_id}, {day}"
