"""Delete all rows that belong to given rows of a table, found by the foreign keys of the models."""

from collections.abc import Collection, Iterator
from typing import cast

from sqlalchemy import ColumnElement, ForeignKeyConstraint, Table, delete, or_, select, tuple_
from sqlalchemy.orm import Session

from core.db import Base


def list_dependents(root: type[Base]) -> list[Table]:
    """Return the tables that refer to that of *root*, over any number of steps; each before those that it refers to."""
    found = {_table(root)}
    ordered = Base.metadata.sorted_tables
    for table in ordered:
        if any(key.referred_table in found for key in table.foreign_key_constraints):
            found.add(table)
    return [table for table in reversed(ordered) if table in found and table is not _table(root)]


def delete_dependents(
    session: Session, root: type[Base], is_root: ColumnElement[bool], *, keep: Collection[type[Base]] = ()
) -> None:
    """Delete the rows that refer, over any number of steps, to the rows of *root* that fulfil *is_root*.

    Rows of the tables in *keep* stay, for an operation of their own, while those that refer to them go. Where a row
    refers to two parents it goes with either. A key of a table to itself is not followed.
    """
    staying = {_table(model) for model in keep}
    tables = list_dependents(root)
    conditions = {_table(root): is_root}
    for table in reversed(tables):
        conditions[table] = or_(*_refers(table, conditions))
    for table in tables:
        if table not in staying:
            session.execute(delete(table).where(conditions[table]))
    session.expire_all()


def _refers(table: Table, conditions: dict[Table, ColumnElement[bool]]) -> Iterator[ColumnElement[bool]]:
    """Yield for each foreign key of *table* whether it leads to a row that fulfils the condition of its table."""
    for key in table.foreign_key_constraints:
        parent = key.referred_table
        if parent is not table and parent in conditions:
            yield _leads(key, parent, conditions[parent])


def _leads(key: ForeignKeyConstraint, parent: Table, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    pairs = [(each.parent, each.column) for each in key.elements]
    goal = select(*(column for _own, column in pairs)).select_from(parent).where(condition)
    if len(pairs) == 1:
        return pairs[0][0].in_(goal)
    return tuple_(*(own for own, _column in pairs)).in_(goal)


def _table(model: type[Base]) -> Table:
    return cast(Table, model.__table__)
