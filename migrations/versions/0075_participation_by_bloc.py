"""Participation by bloc: the bloc in the key of the tally and of the different people of a unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0077"
branch_labels = None
depends_on = None

Cell = tuple[int, int, date, int]
"""A round, a unit, a day and a bloc."""

_VIETNAM = timedelta(hours=7)
_COUNTS = ("turns", "people", "perfect")
_TALLY = sa.table(
    "quiz_tally",
    sa.column("round_id", sa.Integer),
    sa.column("unit_id", sa.Integer),
    sa.column("day", sa.Date),
    sa.column("bloc", sa.SmallInteger),
    *(sa.column(name, sa.Integer) for name in _COUNTS),
)
_PAPERS = sa.text(
    """SELECT a.round_id, a.id, a.participant_id, a.submitted_at, a.correct, p.unit_id, p.bloc,
           e.attempt_id AS counted, r.closes_at
    FROM quiz_attempt a JOIN quiz_participant p ON p.id = a.participant_id JOIN quiz_round r ON r.id = a.round_id
        LEFT JOIN quiz_entry e ON e.round_id = a.round_id AND e.participant_id = a.participant_id
    WHERE p.bloc IS NOT NULL AND NOT p.is_rehearsal AND a.submitted_at IS NOT NULL"""
).columns(
    round_id=sa.Integer,
    id=sa.Uuid,
    participant_id=sa.Uuid,
    submitted_at=sa.DateTime,
    correct=sa.Integer,
    unit_id=sa.Integer,
    bloc=sa.Integer,
    counted=sa.Uuid,
    closes_at=sa.DateTime,
)
_VERSIONS = sa.text(
    """SELECT v.participant_id, v.unit_id, v.until FROM quiz_participant_version v
        JOIN quiz_participant p ON p.id = v.participant_id WHERE p.bloc IS NOT NULL ORDER BY v.version"""
).columns(participant_id=sa.Uuid, unit_id=sa.Integer, until=sa.DateTime)
_PEOPLE = """INSERT INTO quiz_unit_people (contest_id, unit_id, bloc, people, before)
    SELECT r.contest_id, p.unit_id, p.bloc, count(DISTINCT p.id),
        count(DISTINCT CASE WHEN r.number < (SELECT max(c.number) FROM quiz_round c
            WHERE c.contest_id = r.contest_id AND c.closed_at IS NOT NULL) THEN p.id END)
    FROM quiz_round r JOIN quiz_entry e ON e.round_id = r.id JOIN quiz_participant p ON p.id = e.participant_id
    WHERE r.closed_at IS NOT NULL AND p.bloc IS NOT NULL
    GROUP BY r.contest_id, p.unit_id, p.bloc"""
_WITH_BLOCS = "SELECT DISTINCT contest_id FROM quiz_bloc"
_ROUNDS = f"SELECT id FROM quiz_round WHERE contest_id IN ({_WITH_BLOCS})"  # noqa: S608 - our own names


def upgrade() -> None:
    """Divide the counts of contests with blocs by the papers of their people."""
    session = op.get_bind()
    for table, key in (("quiz_tally", ("round_id", "unit_id", "day")), ("quiz_unit_people", ("contest_id", "unit_id"))):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("bloc", sa.SmallInteger(), nullable=False, server_default="0"))
            batch_op.drop_constraint(f"pk_{table}", type_="primary")
            batch_op.create_primary_key(f"pk_{table}", [*key, "bloc"])
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("bloc", existing_type=sa.SmallInteger(), server_default=None)
    counted = _count(session)
    if counted:
        session.execute(sa.text(f"DELETE FROM quiz_tally WHERE round_id IN ({_ROUNDS})"))  # noqa: S608 - our own names
        rows = [dict(zip(("round_id", "unit_id", "day", "bloc"), at, strict=True)) | each for at, each in counted]
        session.execute(sa.insert(_TALLY), rows)
    session.execute(sa.text(f"DELETE FROM quiz_unit_people WHERE contest_id IN ({_WITH_BLOCS})"))  # noqa: S608 - our own names
    session.execute(sa.text(_PEOPLE))


def downgrade() -> None:
    """Add up the blocs of each unit."""
    session = op.get_bind()
    for table, key, counts in (
        ("quiz_tally", "round_id, unit_id, day", _COUNTS),
        ("quiz_unit_people", "contest_id, unit_id", ("people", "before")),
    ):
        names = key.split(", ")
        summed = ", ".join(f"sum({name}) AS {name}" for name in counts)
        query = f"SELECT {key}, {summed} FROM {table} GROUP BY {key}"  # noqa: S608 - our own names
        rows = session.execute(sa.text(query)).mappings().all()
        session.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608 - our own names
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(f"pk_{table}", type_="primary")
            batch_op.drop_column("bloc")
            batch_op.create_primary_key(f"pk_{table}", names)
        places = ", ".join(f":{name}" for name in (*names, *counts))
        if rows:
            insert = f"INSERT INTO {table} ({key}, {', '.join(counts)}) VALUES ({places})"  # noqa: S608 - our own names
            session.execute(sa.text(insert), [dict(row) for row in rows])


def _count(session: sa.Connection) -> list[tuple[Cell, dict[str, int]]]:
    """Return the counts of the people who have a bloc by cell, as the program counts them."""
    full = _sizes(session)
    moved: dict[Any, list[tuple[datetime, int]]] = {}
    for row in session.execute(_VERSIONS):
        moved.setdefault(row.participant_id, []).append((_utc(row.until), row.unit_id))
    papers: dict[tuple[int, Any], list[Any]] = {}
    for row in session.execute(_PAPERS):
        papers.setdefault((row.round_id, row.participant_id), []).append(row)
    counts: Counter[tuple[Cell, str]] = Counter()
    for (round_id, who), mine in papers.items():
        closes = _utc(mine[0].closes_at)
        unit_id = next((unit for until, unit in moved.get(who, ()) if until >= closes), mine[0].unit_id)
        for day, name in _counted(mine, full.get(round_id)):
            counts[(round_id, unit_id, day, mine[0].bloc), name] += 1
    cells = sorted({cell for cell, _name in counts})
    return [(cell, {name: counts[cell, name] for name in _COUNTS}) for cell in cells]


def _counted(papers: list[Any], full: int | None) -> Iterator[tuple[date, str]]:
    """Yield what one person counts: a turn for each paper, themselves on their first day, a perfect entry on its."""
    for each in papers:
        yield _day(each), "turns"
        if each.id == each.counted and full is not None and each.correct == full:
            yield _day(each), "perfect"
    if papers[0].counted is not None:
        yield min(map(_day, papers)), "people"


def _sizes(session: sa.Connection) -> dict[int, int]:
    """Return the number of right answers of an all-right paper in rounds that have one: the most of an entry."""
    query = """SELECT e.round_id, max(a.correct) FROM quiz_entry e JOIN quiz_attempt a ON a.id = e.attempt_id
        WHERE e.round_id IN (SELECT round_id FROM quiz_tally GROUP BY round_id HAVING sum(perfect) > 0)
        GROUP BY e.round_id"""
    return dict(tuple(row) for row in session.execute(sa.text(query)))


def _day(paper: Any) -> date:
    return (_utc(paper.submitted_at) + _VIETNAM).date()


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
