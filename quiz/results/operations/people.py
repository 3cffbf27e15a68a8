"""Store the number of different people of each unit, since counting a million entries on every request takes
seconds.
"""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Table, delete, insert
from sqlalchemy.orm import Session

from quiz.results.models import UnitPeople
from quiz.results.queries.turnout import PEOPLE_BY_UNIT


def keep_people(session: Session, contest_id: int) -> None:
    """Count the different people of each unit and bloc of a contest anew and store the figures."""
    store_people(session, contest_id, count_by_unit(session, contest_id))


def count_by_unit(session: Session, contest_id: int, closing: int | None = None) -> list[dict[str, int]]:
    """Return the rows of those figures, with the round *closing* as a closed one."""
    session.flush()
    rows = session.execute(PEOPLE_BY_UNIT, {"contest": contest_id, "closing": closing})
    return [dict(row) for row in rows.mappings()]


def store_people(session: Session, contest_id: int, rows: Sequence[dict[str, int]]) -> None:
    """Store the figures of `count_by_unit` instead of the earlier ones."""
    session.execute(delete(UnitPeople).where(UnitPeople.contest_id == contest_id))
    if rows:
        session.execute(insert(cast(Table, UnitPeople.__table__)), rows)
