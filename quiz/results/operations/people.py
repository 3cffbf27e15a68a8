"""Store the number of different people of each unit, since counting a million entries on every request takes
seconds.
"""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from core.upsert import upsert_add
from quiz.attempt.models import Entry
from quiz.contest.models import Participant, Round
from quiz.results.models import UnitPeople
from quiz.results.queries.board import PEOPLE_BY_UNIT


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


def move_person(session: Session, participant: Participant, *, old: int, new: int) -> None:
    """Move *participant* from the unit *old* to *new* in the stored figures, if they are counted there."""
    contest_id = participant.contest_id
    is_kept = select(UnitPeople).where(UnitPeople.contest_id == contest_id)
    entered = select(Entry.round_id).where(Entry.participant_id == participant.id)
    closed = select(Round.id).where(Round.contest_id == contest_id, Round.closed_at.is_not(None))
    closed_ids = list(session.scalars(closed.order_by(Round.number)))
    counted = set(session.scalars(entered.where(Entry.round_id.in_(closed_ids))))
    if not counted or session.execute(is_kept.limit(1)).first() is None:
        return
    before = int(not counted.isdisjoint(closed_ids[:-1]))
    for unit_id, by in ((old, -1), (new, 1)):
        key = {"contest_id": contest_id, "unit_id": unit_id, "bloc": participant.bloc or 0}
        upsert_add(session, UnitPeople, key, {"people": by, "before": by * before})
