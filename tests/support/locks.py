"""Hold the write lock of a SQLite file as another process does."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def write_locked(file: str | Path) -> Iterator[Callable[[], None]]:
    """Hold the write lock of *file*; yields what gives it back early."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection.rollback
    finally:
        connection.close()


def file_of(database_url: str) -> str:
    """Return the file of a SQLite database by its address."""
    return database_url.removeprefix("sqlite:///")
