"""Migrations match the models, and go down and up again with data in the tables."""

import os

import pytest
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, event, text

from commune.operations.logos import set_logo
from core import clock, schema
from core.db import Base
from core.images import Drawn
from core.web.extensions import db
from survey.instrument.models import InstrumentVersion
from survey.instrument.queries import newest_quick
from survey.instrument.rules.definition import parse_instrument
from survey.instrument.rules.quick import QUICK
from tests.factories import make_attempt, make_contest, make_counter
from tests.support.processes import begin, power_cut

pytestmark = pytest.mark.both_databases


def test_the_tables_match_the_models(session):
    assert schema.differences(db.engine) == []
    assert schema.is_current(db.engine)


def test_down_and_up_again_with_data_in_the_tables(session, keyring):
    counter = make_counter(session)
    make_attempt(session, keyring, make_contest(session).rounds[0])
    set_logo(session, counter.office.unit, Drawn(b"large", b"small"), by="account:1", now=clock.now())
    session.commit()
    session.close()

    schema.downgrade(db.engine, "base")
    emptied = schema.is_current(db.engine)
    schema.upgrade(db.engine)

    assert not emptied
    assert schema.differences(db.engine) == []
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM quiz_attempt")).scalar() == 0


def test_the_first_version_of_the_quick_rating_matches_the_program(session):
    assert parse_instrument(session.get(InstrumentVersion, newest_quick(session)).body) == QUICK


@pytest.mark.parametrize("backend", ["sqlite"])  # foreign keys are off while SQLite's tables are copied
def test_rows_with_a_broken_reference_stop_a_migration(session, backend):
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("INSERT INTO survey_counter (id, office_id, number, name) VALUES (1, 9, 1, 'x')")
        connection.commit()

    with pytest.raises(RuntimeError, match="refer to nothing"):
        schema.downgrade(db.engine, "0001")

    assert schema.is_current(db.engine)


@pytest.mark.parametrize("statements", [3, 20, 60] if os.environ.get("LONG") else [20])
def test_a_migration_that_is_broken_off_can_be_run_again(session, keyring, database_url, statements):
    make_attempt(session, keyring, make_contest(session).rounds[0])
    session.commit()
    session.close()
    schema.downgrade(db.engine, "0001")

    broken_off = begin(upgrade_with_power_for, statements, database_url)
    broken_off.join()
    with db.engine.connect() as connection:
        left_behind = MigrationContext.configure(connection).get_current_revision()
    schema.upgrade(db.engine)

    assert (broken_off.exitcode, left_behind) == (9, "0001")
    assert schema.differences(db.engine) == []
    assert session.execute(text("SELECT count(*) FROM quiz_attempt")).scalar() == 1


def upgrade_with_power_for(statements, url):
    """Upgrade the tables in this process, which ends dead after so many statements."""
    engine = create_engine(url)
    event.listen(engine, "after_cursor_execute", power_cut(statements))
    schema.upgrade(engine)


def test_sqlite_keeps_what_it_acknowledged(session, backend):
    if backend == "sqlite":
        pragma = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    else:
        assert session.execute(text("SHOW synchronous_commit")).scalar() == "on"


@pytest.mark.parametrize("backend", ["sqlite"])  # only SQLite's tables have row numbers
def test_ratings_and_replies_have_no_row_order_on_sqlite(session, backend):
    tables = ("survey_rating", "survey_sender_count", "core_stored_reply")
    written = [
        session.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name}).scalar()
        for name in tables
    ]
    assert all("WITHOUT ROWID" in sql for sql in written)


@pytest.mark.parametrize("backend", ["sqlite"])  # a sequence of PostgreSQL gives no number twice
def test_ids_of_deleted_rows_are_not_reused_on_sqlite(session, backend):
    written = dict(session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all())
    numbered = {each.name for each in Base.metadata.tables.values() if each.dialect_options["sqlite"]["autoincrement"]}

    assert "quiz_round" in numbered
    assert {name for name, sql in written.items() if "AUTOINCREMENT" in sql} == numbered


def test_a_migrated_database_that_was_never_used_holds_no_rows(session):
    before = schema.holds_rows(db.engine)
    make_counter(session)
    session.commit()

    assert not before
    assert schema.holds_rows(db.engine)
