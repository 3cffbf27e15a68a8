"""Everything that belongs to a row is found by the foreign keys of the models, and nothing of another row goes."""

import uuid
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.orm import Session

import quiz.manifest  # noqa: F401 - so that the models of the room are loaded
from core.db import Base, UtcDateTime
from core.dependents import delete_dependents, list_dependents
from quiz.contest.models import Contest, Round

DAY = date(2026, 6, 1)
VALUES = {bool: False, date: DAY, datetime: datetime(2026, 6, 1, tzinfo=UTC), object: {}}


def value(column, number):
    """Return a value for a column of row *number*: its keys are that number."""
    kind = datetime if isinstance(column.type, UtcDateTime) else column.type.python_type
    if kind is uuid.UUID:
        return uuid.UUID(int=number)
    if kind is int:
        return number
    written = {str: str(number), bytes: str(number).encode()}
    return written[kind] if kind in written else VALUES[kind]


@pytest.fixture
def filled():
    """Fill every table of a contest with a row of contest 1 and one of contest 2."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        for free in ("ignore_check_constraints", "defer_foreign_keys"):
            session.execute(text(f"PRAGMA {free} = ON"))
        for table in (Contest.__table__, *reversed(list_dependents(Contest))):
            for number in (1, 2):
                given = {
                    column.name: value(column, number)
                    for column in table.columns
                    if column.foreign_keys or not column.nullable
                }
                session.execute(table.insert().values(**given))
        yield session
    engine.dispose()


def counts(session, tables):
    return {table.name: session.scalar(select(func.count()).select_from(table)) for table in tables}


def test_every_table_of_a_contest_is_emptied_of_it_and_of_nothing_else(filled):
    tables = list_dependents(Contest)

    delete_dependents(filled, Contest, Contest.id == 1)

    assert len(tables) > 40
    assert counts(filled, tables) == dict.fromkeys((table.name for table in tables), 1)
    assert counts(filled, [Contest.__table__]) == {"quiz_contest": 2}


def test_a_kept_table_keeps_its_rows_and_loses_those_that_refer_to_them(filled):
    delete_dependents(filled, Contest, Contest.id == 1, keep=[Round])

    found = counts(filled, [Round.__table__, Base.metadata.tables["quiz_standing"]])

    assert found == {"quiz_round": 2, "quiz_standing": 1}
