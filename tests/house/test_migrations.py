"""Migrations match the models, and go down and up again with data in the tables."""

from datetime import timedelta

import pytest
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, event, inspect, select, text

from commune.models import Office
from commune.operations.logos import set_logo
from core import clock, schema
from core.images import Drawn
from core.web.extensions import db
from privacy.operations.consent import agree_again, withdraw_consent
from quiz.attempt.operations.rehearsal import open_rehearsal
from quiz.contest.queries import find_open_round
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.persons.operations.holder import HOLDER
from survey.instrument.models import InstrumentVersion
from survey.instrument.queries import newest_quick
from survey.instrument.rules.definition import parse_instrument
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import QUICK
from survey.rating.models import Rating
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_account, make_attempt, make_contest, make_counter, make_participant
from tests.support.processes import begin, power_cut
from tests.support.tallies import tally

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


def test_earlier_rows_are_kept_and_get_names(session, keyring):
    attempt = make_attempt(session, keyring, make_contest(session).rounds[0])
    make_counter(session)
    session.commit()
    attempt_id, before = attempt.id.hex, _rows(session)
    session.close()

    schema.downgrade(db.engine, "0001")
    schema.upgrade(db.engine)

    after = _rows(session)
    assert schema.differences(db.engine) == []
    assert after == before
    assert session.execute(text("SELECT count(*) FROM quiz_attempt")).scalar() == 1, attempt_id
    assert session.execute(text("SELECT name, name_key FROM commune_unit_name ORDER BY unit_id")).first() == (
        "xã Lâm Bình",
        "lam binh",
    )


def test_earlier_accounts_belong_to_a_unit_and_are_found(session):
    account = make_account(session, email="an@xa.gov.vn")
    at_home = (account.unit_id, "tran thi binh an@xa.gov.vn", account.sort_key)
    session.commit()
    session.close()

    schema.downgrade(db.engine, "0003")
    schema.upgrade(db.engine)

    kept = session.execute(text("SELECT unit_id, search_key, sort_key FROM account_account")).one()
    assert tuple(kept) == at_home
    assert schema.differences(db.engine) == []


def test_a_draft_is_deleted_with_its_rehearsal_instead_of_becoming_public(session, keyring):
    public, draft = (make_contest(session) for _ in range(2))
    draft.is_draft = True
    open_rehearsal(session, draft, now=MONDAY)
    tried = find_open_round(session, draft, MONDAY)
    make_attempt(session, keyring, tried, started_at=MONDAY)
    session.commit()
    kept = public.slug
    session.close()

    schema.downgrade(db.engine, "0012")
    schema.upgrade(db.engine)

    found = session.execute(text("SELECT slug, is_draft, called_off_at FROM quiz_contest")).all()
    assert [(slug, bool(is_draft), off) for slug, is_draft, off in found] == [(kept, False, None)]
    assert schema.differences(db.engine) == []


def test_the_downgrade_keeps_the_last_of_repeated_consents(session, keyring):
    who = make_participant(session, keyring, make_contest(session))
    withdraw_consent(session, PARTICIPANT, [who.id], [Purpose.NAMED], now=MONDAY)
    agree_again(session, HOLDER, [who.id], [Purpose.NAMED], now=MONDAY + timedelta(days=1))
    session.commit()
    session.close()

    schema.downgrade(db.engine, "0013")
    schema.upgrade(db.engine)

    found = session.execute(text("SELECT withdrawn_at FROM privacy_consent WHERE purpose = 'named'")).scalars().all()
    assert found == [None]
    assert schema.differences(db.engine) == []


def test_ratings_and_their_counts_become_columns_and_rows_again(session, keyring):
    counter = make_counter(session)
    opinions = [
        Opinion(Level(2), ["trips", "cost"], "Chờ lâu"),
        Opinion(Level(2), ["trips"]),
        Opinion(Level(5), [], "Tốt"),
    ]
    for number, opinion in enumerate(opinions):
        record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=f"{number:016}", now=MONDAY)
    counter.is_rehearsal = True
    session.flush()
    record_rating(session, keyring, counter, opinions[0], channel=Channel.OPEN, receipt="9" * 16, now=MONDAY)
    session.commit()
    office, answers, counts = counter.office_id, _answers(session), tally(session)
    session.close()

    schema.downgrade(db.engine, "0019")
    columns = session.execute(text("SELECT level_1, level_2, level_3, level_4, level_5 FROM survey_tally")).one()
    reasons = session.scalars(text("SELECT reason FROM survey_rating_reason ORDER BY reason")).all()
    session.close()
    schema.upgrade(db.engine)

    assert tuple(columns) == (0, 2, 0, 0, 1)
    assert reasons == ["cost", "cost", "trips", "trips", "trips"]
    assert (_answers(session), tally(session)) == (answers, counts)
    assert [unit.id for unit in session.get(Office, office).units] == [session.get(Office, office).unit_id]
    assert schema.differences(db.engine) == []


def test_the_table_of_late_forms_is_dropped_and_recreated_empty(session):
    schema.downgrade(db.engine, "0025")
    values = {"id": "0" * 32, "owner": "account:1", "sealed": b"sealed", "until": "2026-11-16 00:00:00+00"}
    session.execute(text("INSERT INTO core_unsent_form VALUES (:id, :owner, :sealed, :until)"), values)
    session.commit()

    schema.upgrade(db.engine)
    is_gone = not inspect(db.engine).has_table("core_unsent_form")
    differing = schema.differences(db.engine)
    schema.downgrade(db.engine, "0025")
    left = session.execute(text("SELECT count(*) FROM core_unsent_form")).scalar()
    session.close()
    schema.upgrade(db.engine)

    assert (is_gone, differing, left) == (True, [], 0)


def test_the_first_version_of_the_quick_rating_matches_the_program(session):
    assert parse_instrument(session.get(InstrumentVersion, newest_quick(session)).body) == QUICK


def _answers(session):
    """Return every rating with its answers and version."""
    ratings = session.scalars(select(Rating).order_by(Rating.id))
    return [(each.id, each.level, each.reasons, each.comment, each.is_rehearsal) for each in ratings]


def _rows(session):
    """Return the numbers of rows in tables that refer to others or are referred to."""
    tables = ("commune_unit", "quiz_attempt", "quiz_entry", "quiz_participant", "survey_counter", "commune_office")
    return {name: session.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in tables}


@pytest.mark.parametrize("backend", ["sqlite"])  # foreign keys are off while SQLite's tables are copied
def test_rows_with_a_broken_reference_stop_a_migration(session, backend):
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("INSERT INTO survey_counter (id, office_id, number, name) VALUES (1, 9, 1, 'x')")
        connection.commit()

    with pytest.raises(RuntimeError, match="refer to nothing"):
        schema.downgrade(db.engine, "0001")

    assert schema.is_current(db.engine)


@pytest.mark.parametrize("statements", [3, 20, 60])
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


def test_a_migrated_database_that_was_never_used_holds_no_rows(session):
    before = schema.holds_rows(db.engine)
    make_counter(session)
    session.commit()

    assert not before
    assert schema.holds_rows(db.engine)
