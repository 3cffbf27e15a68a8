"""Few transactions of a server process write at once on PostgreSQL."""

import time
from threading import Timer

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from core import postgres_writers
from core.postgres_writers import GRACE, TooManyWait, WriterPlaces

WRITE = text("CREATE TEMPORARY TABLE IF NOT EXISTS noted (number INTEGER)"), text("INSERT INTO noted VALUES (1)")


def test_a_writer_waits_a_moment_for_a_place():
    places = WriterPlaces(1)
    first = places.enter()
    Timer(GRACE / 4, places.leave, [first]).start()

    assert places.enter() > first


def test_no_place_in_time_is_refused_and_behind_a_writer_that_is_held_up_at_once():
    places, begun = WriterPlaces(2), time.monotonic()
    places.enter(), places.enter()

    with pytest.raises(TooManyWait):
        places.enter()
    waited, begun = time.monotonic() - begun, time.monotonic()
    with pytest.raises(TooManyWait):
        places.enter()

    assert waited >= GRACE
    assert time.monotonic() - begun < GRACE / 2


@pytest.fixture
def engine(backend, database_url, monkeypatch):
    """Return an engine of a server with one place."""
    monkeypatch.setattr(postgres_writers, "_places", WriterPlaces(1))
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


def write(connection):
    for statement in WRITE:
        connection.execute(statement)


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
@pytest.mark.parametrize("end", ["commit", "rollback", "close", "invalidate"])
def test_a_place_is_given_back_however_a_transaction_ends(engine, end):
    with engine.connect() as first, engine.connect() as second:
        write(first)
        assert second.scalar(text("SELECT 1")) == 1
        with pytest.raises(OperationalError, match="held up"):
            write(second)
        second.rollback()

        getattr(first, end)()

        write(second)


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_lock_is_waited_for_five_seconds_at_most(engine):
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW lock_timeout")) == "5s"
