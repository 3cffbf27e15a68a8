"""Store the number of different people of each unit, since counting a million entries on every request takes
seconds.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, delete, insert
from sqlalchemy.orm import Session

from quiz.contest.models import Contest
from quiz.results.models import UnitPeople
from quiz.results.queries.capped import capped_by_unit
from quiz.results.queries.turnout import PEOPLE_BY_UNIT

Row = Mapping[str, Any]
"""The figures of a unit and a bloc, by column."""


def keep_people(session: Session, contest_id: int) -> None:
    """Count the different people of each unit and bloc of a contest anew and store the figures."""
    store_people(session, contest_id, count_by_unit(session, contest_id))


def count_by_unit(session: Session, contest_id: int, closing: int | None = None) -> list[Row]:
    """Return the rows of those figures, with the round *closing* as a closed one."""
    session.flush()
    rows = session.execute(PEOPLE_BY_UNIT, {"contest": contest_id, "closing": closing})
    return with_capped(session, contest_id, [dict(row) for row in rows.mappings()], closing)


def with_capped(session: Session, contest_id: int, rows: Sequence[Row], closing: int | None = None) -> list[Row]:
    """Return *rows* with the turns up to the declared cap, and a row more for a unit that has turns of people who moved
    away; without a cap they have none.
    """
    cap = session.get_one(Contest, contest_id).prize_terms.cap
    found = capped_by_unit(session, contest_id, cap, closing) if cap else {}
    by = {(row["unit_id"], row["bloc"]): dict(row) for row in rows}
    for unit_id, bloc in found:
        at = {"contest_id": contest_id, "unit_id": unit_id, "bloc": bloc}
        by.setdefault((unit_id, bloc), at | {"people": 0, "before": 0})
    none = (0, 0) if cap else (None, None)
    for cell, row in by.items():
        row["capped"], row["capped_before"] = found.get(cell, none)
    return list(by.values())


def store_people(session: Session, contest_id: int, rows: Sequence[Row]) -> None:
    """Store the figures of `count_by_unit` instead of the earlier ones."""
    session.execute(delete(UnitPeople).where(UnitPeople.contest_id == contest_id))
    if rows:
        session.execute(insert(cast(Table, UnitPeople.__table__)), [dict(row) for row in rows])
