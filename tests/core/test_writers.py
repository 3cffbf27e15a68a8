"""SQLite's writers: a transaction begins with its first write, savepoints included, and few writers wait."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from runpy import run_path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from core import writers
from core.writers import GRACE, PATIENCE, Cursor, WriteQueue, WriterConnection, impatient, let_few_wait
from tests.support.locks import write_locked

ROOT = Path(__file__).resolve().parents[2]
THREADS = 8
ADD = text("INSERT INTO thing VALUES (1)")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "things.sqlite3"


@pytest.fixture
def engine(file):
    engine = create_engine(f"sqlite:///{file}", pool_size=THREADS)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE thing (id INTEGER)"))
    yield engine
    engine.dispose()


@pytest.fixture
def few_wait(monkeypatch):
    """Let two threads of this process wait, as a server with four does."""
    monkeypatch.setattr(writers, "_places", None)
    let_few_wait(2)


def count(engine):
    with engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM thing"))


def seconds_to_add(engine):
    """Try to write; return the seconds that it took to fail."""
    begun = time.monotonic()
    with pytest.raises(OperationalError, match="locked"), engine.begin() as connection:
        connection.execute(ADD)
    return time.monotonic() - begun


def test_a_savepoint_that_comes_first_is_undone_with_its_transaction(engine):
    with Session(engine) as session:
        with session.begin_nested():
            session.execute(ADD)
        session.rollback()

    assert count(engine) == 0


def test_a_savepoint_that_comes_first_is_there_after_the_commit(engine):
    with Session(engine) as session:
        with session.begin_nested():
            session.execute(ADD)
        session.commit()

    assert count(engine) == 1


def test_what_is_read_after_the_first_write_is_not_changed_by_another_writer(engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE thing SET id = 2 WHERE 0"))

        with pytest.raises(OperationalError, match="locked"), impatient(), engine.begin() as other:
            other.execute(ADD)


def test_a_reader_does_not_wait_for_a_writer(engine, file):
    with write_locked(file):
        begun = time.monotonic()
        found = count(engine)

    assert found == 0
    assert time.monotonic() - begun < 0.5


@pytest.mark.usefixtures("few_wait")
def test_two_writers_wait_and_the_others_are_refused_soon(engine, file):
    with write_locked(file), ThreadPoolExecutor(THREADS) as pool:
        took = sorted(pool.map(lambda _: seconds_to_add(engine), range(THREADS)))

    assert max(took[:-2]) < GRACE + 1
    assert [PATIENCE - 0.1 < each < PATIENCE + 1 for each in took[-2:]] == [True, True]


def test_elsewhere_every_writer_waits(engine, file):
    with write_locked(file), ThreadPoolExecutor(THREADS) as pool:
        took = list(pool.map(lambda _: seconds_to_add(engine), range(THREADS)))

    assert min(took) > PATIENCE - 0.1


@pytest.mark.usefixtures("few_wait")
def test_once_a_writer_is_held_up_the_next_is_refused_at_once(engine, file):
    with write_locked(file), ThreadPoolExecutor(THREADS) as pool:
        waiting = [pool.submit(seconds_to_add, engine) for _ in range(2)]
        time.sleep(GRACE + 0.2)
        took = [seconds_to_add(engine) for _ in range(3)]

    assert max(took) < 0.1
    assert min(each.result() for each in waiting) > PATIENCE - 0.1


def test_writers_that_are_not_held_up_all_get_their_turn(engine):
    def add(_):
        with engine.begin() as connection:
            connection.execute(ADD)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(add, range(100)))

    assert count(engine) == 100


def test_a_writer_without_patience_fails_at_once(engine, file):
    with write_locked(file), impatient():
        assert seconds_to_add(engine) < 0.1


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_the_turn_is_given_on_at_the_end(engine, file, end):
    first = sqlite3.connect(str(file), factory=WriterConnection)
    first.cursor().execute("INSERT INTO thing VALUES (1)")

    getattr(first, end)()

    with impatient(), engine.begin() as connection:
        connection.execute(ADD)
    first.close()


def test_the_turn_is_given_on_when_the_commit_fails(engine):
    with engine.begin() as connection:
        whole = "of INTEGER REFERENCES part (id) DEFERRABLE INITIALLY DEFERRED"
        connection.execute(text(f"CREATE TABLE part (id INTEGER PRIMARY KEY, {whole})"))
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), engine.begin() as connection:
        connection.execute(text("INSERT INTO part VALUES (1, 7)"))

    with impatient(), engine.begin() as connection:
        connection.execute(ADD)

    assert count(engine) == 1


def test_the_queue_pauses_after_four_turns_in_a_row(monkeypatch):
    pauses, queue = [], WriteQueue()
    monkeypatch.setattr("core.writers.sleep", pauses.append)

    for _ in range(8):
        queue._let_others_in()

    assert pauses == [0.003, 0.003]


def test_a_statement_that_reads_begins_nothing(engine):
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        driver = connection.connection.driver_connection

        assert isinstance(driver, WriterConnection)
        assert isinstance(driver.cursor(), Cursor)
        assert not driver.in_transaction


def test_a_server_keeps_half_of_its_threads_for_readers(monkeypatch):
    monkeypatch.setattr(writers, "_places", None)
    config = run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))

    config["post_fork"](None, None)

    assert config["threads"] == 4
    assert [writers._places.acquire(blocking=False) for _ in range(2)] == [True, False]


def test_threads_of_other_files_do_not_wait_for_each_other(engine, tmp_path):
    other = create_engine(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    with engine.begin() as connection, impatient():
        connection.execute(ADD)
        with other.begin() as second:
            second.execute(text("CREATE TABLE thing (id INTEGER)"))
            second.execute(ADD)

    assert count(other) == 1
    other.dispose()
