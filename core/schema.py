"""Schema migrations: up, down, and whether the tables match the models."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, literal, select, table

from core.db import SEEDED, Base, is_there

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def upgrade(engine: Engine, to: str = "head") -> None:
    """Migrate the database up to revision *to*."""
    with _migrating(engine) as connection:
        command.upgrade(_config(connection), to)


def downgrade(engine: Engine, to: str) -> None:
    """Migrate the database down to revision *to* ("base" for nothing)."""
    with _migrating(engine) as connection:
        command.downgrade(_config(connection), to)


def revise(engine: Engine, message: str, revision: str) -> None:
    """Draft the next migration from the models; a person reads it before it is committed."""
    with engine.begin() as connection:
        command.revision(_config(connection), message=message, autogenerate=True, rev_id=revision)


def differences(engine: Engine) -> list[Any]:
    """Return the differences between models and tables; empty when they agree."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def current(engine: Engine) -> str | None:
    """Return the revision of the database; None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(engine: Engine) -> bool:
    """Whether the database is at the newest revision."""
    return current(engine) == head()


@cache
def head() -> str | None:
    """Return the newest revision that this program knows."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def is_known(revision: str) -> bool:
    """Whether *revision* is one of this program's."""
    return any(each.revision == revision for each in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def holds_rows(engine: Engine) -> bool:
    """Whether any table holds a row that no migration made; otherwise the database was never used."""
    if not is_there(engine):
        return False
    with engine.connect() as connection:
        seeded = {each.name for each in Base.metadata.tables.values() if each.info.get(SEEDED)}
        names = set(inspect(connection).get_table_names()) - seeded - {"alembic_version"}
        return any(
            connection.execute(select(literal(1)).select_from(table(name)).limit(1)).first() is not None
            for name in sorted(names)
        )


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """Migrate in one transaction, so that a failed migration leaves the tables as they were.

    On SQLite the driver would commit before each CREATE and ALTER, so its own transactions are turned off and one is
    begun explicitly. SQLite changes a table by recreating it, so foreign keys are turned off meanwhile, as SQLite's
    documentation recommends, and all checked before the commit.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection, _by_hand(connection) if is_sqlite else nullcontext(), connection.begin():
        if is_sqlite:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise RuntimeError("the migration would leave rows that refer to nothing; nothing was changed")


@contextmanager
def _by_hand(connection: Connection) -> Iterator[None]:
    """Turn off SQLite's foreign keys and the driver's own transactions within the block."""
    driver: Any = connection.connection.driver_connection
    usual = driver.isolation_level
    driver.isolation_level = None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
        driver.isolation_level = usual


def _config(connection: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
