"""Migrations equal the models, and go down and up again with data in the tables."""

from sqlalchemy import text

from core import schema
from core.web.extensions import db
from tests.factories import make_attempt, make_contest, make_counter


def test_the_tables_are_what_the_models_say(session):
    assert schema.differences(db.engine) == []
    assert schema.is_current(db.engine)


def test_down_and_up_again_with_data_in_the_tables(session, keyring):
    make_counter(session)
    make_attempt(session, keyring, make_contest(session).rounds[0])
    session.commit()
    session.close()

    schema.downgrade(db.engine, "base")
    emptied = schema.is_current(db.engine)
    schema.upgrade(db.engine)

    assert not emptied
    assert schema.differences(db.engine) == []
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM quiz_attempt")).scalar() == 0


def test_sqlite_keeps_what_it_acknowledged(session, backend):
    if backend == "sqlite":
        pragma = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    else:
        assert session.execute(text("SHOW synchronous_commit")).scalar() == "on"


def test_ratings_and_replies_have_no_row_order_on_sqlite(session, backend):
    if backend == "sqlite":
        tables = ("survey_rating", "survey_rating_reason", "core_stored_reply")
        written = [
            session.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name}).scalar()
            for name in tables
        ]
        assert all("WITHOUT ROWID" in sql for sql in written)
