"""Rebuild a round's tally from its attempts, at the close and after a correction."""

from collections import defaultdict
from datetime import date
from itertools import groupby
from operator import attrgetter

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quiz.attempt.models import Entry, Tally
from quiz.attempt.queries.attempt import submitted_of_round
from quiz.attempt.queries.turns import units_at_close
from quiz.attempt.rules.counting import count_person
from quiz.contest.models import Round

Cells = dict[tuple[int, date], tuple[int, int, int]]


def rebuild_tally(session: Session, round: Round) -> list[str]:
    """Count the round anew and replace its tally; return each cell that differed, in words (normally none).

    A person counts on the day of their first submitted attempt, a perfect entry on the day of the counted attempt. A
    participant erased while the round was open has no entry, and only their turns count.
    """
    session.flush()
    return replace_tally(session, round, _count(session, round))


def replace_tally(session: Session, round: Round, counted: Cells) -> list[str]:
    """Replace the tally of *round* by what was *counted*; return the differences as `rebuild_tally` does."""
    rows = list(session.scalars(select(Tally).where(Tally.round_id == round.id)))
    stored: Cells = {(row.unit_id, row.day): (row.turns, row.people, row.perfect) for row in rows}
    differences = [
        f"unit {unit_id}, {day}: stored {stored.get((unit_id, day))}, counted {counted.get((unit_id, day))}"
        for unit_id, day in sorted(stored.keys() | counted.keys())
        if _differ(stored.get((unit_id, day)), counted.get((unit_id, day)))
    ]
    if differences or not rows:
        for row in rows:
            session.expunge(row)
        session.execute(delete(Tally).where(Tally.round_id == round.id))
        session.add_all(
            Tally(round_id=round.id, unit_id=unit_id, day=day, turns=turns, people=people, perfect=perfect)
            for (unit_id, day), (turns, people, perfect) in counted.items()
        )
        session.flush()
    return differences


def _differ(one: tuple[int, int, int] | None, other: tuple[int, int, int] | None) -> bool:
    return (one or (0, 0, 0)) != (other or (0, 0, 0))


def _count(session: Session, round: Round) -> Cells:
    """Count the participants of *round* one by one; those without an entry add their turns only.

    Somebody who was moved after the close counts for the unit of then.
    """
    entered = set(session.scalars(select(Entry.participant_id).where(Entry.round_id == round.id)))
    rules, size, at_close = round.declared, round.asked, units_at_close(session, round)
    cells: defaultdict[tuple[int, date], list[int]] = defaultdict(lambda: [0, 0, 0])
    for who, group in groupby(submitted_of_round(session, round), key=attrgetter("participant_id")):
        rows = list(group)
        count = count_person([row.attempt for row in rows], rules, size)
        for day, (turns, people, perfect) in count.days.items():
            cell = cells[at_close.get(who, rows[0].unit_id), day]
            cell[0] += turns
            if who in entered:
                cell[1] += people
                cell[2] += perfect
    return {cell: (turns, people, perfect) for cell, (turns, people, perfect) in cells.items()}
