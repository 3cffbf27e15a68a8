"""SQLite's write transactions: begun at once instead of at the first write, one after the other, and few of them wait.

SQLite has one writer at a time. Python's driver begins a transaction before an INSERT, an UPDATE or a DELETE, but not
before a SAVEPOINT, so that a savepoint which came first was committed at its release. And every thread of a server that
waited for the writer of another process was lost to readers. So each statement that may write begins the transaction
itself (`BEGIN IMMEDIATE`), in the turn of its process.
"""

import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

PATIENCE = 5.0
"""Seconds that a writer waits in all before the page says that nothing was saved."""
BUSY_MS = int(PATIENCE * 1000)
GRACE = 0.4
"""Seconds after which one writer holds up the others: many times what a submission takes."""
POLL = 0.002
"""Seconds between two attempts to get the file: SQLite's own waits grow to 0.1, and another process slips in."""
IN_A_ROW = 4
"""Turns that threads of one process take from each other before another process gets the time to slip in."""
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|SAVEPOINT)\b", re.IGNORECASE)
_own = threading.local()
_places = threading.Semaphore(1000)
"""The places of threads that wait for a turn longer than the grace."""


@contextmanager
def impatient() -> Iterator[None]:
    """Let this thread's writes fail at once where another writer is at work, instead of waiting."""
    _own.patience = 0.0
    try:
        yield
    finally:
        del _own.patience


def let_few_wait(most: int) -> None:
    """Let one writer hold up at most *most* threads of this process, which keeps the others for readers.

    Elsewhere every writer waits as long as its patience.
    """
    global _places
    _places = threading.Semaphore(most - 1)


class WriteQueue:
    """The writers of this process on one file, of which one has its turn."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._since, self._in_a_row = 0.0, 0

    def enter(self, patience: float) -> bool:
        """Wait for the turn, at most *patience* seconds; return False for one writer too many."""
        if self._turn.acquire(blocking=False):
            self._in_a_row = 0
        elif not self._wait(patience):
            return False
        else:
            self._let_others_in()
        self._since = monotonic()
        return True

    def leave(self) -> None:
        """Give the turn to the next writer."""
        self._turn.release()

    def _wait(self, patience: float) -> bool:
        until = monotonic() + patience
        is_held_up = monotonic() - self._since > GRACE
        if not is_held_up and self._turn.acquire(timeout=min(patience, GRACE)):
            return True
        if not _places.acquire(blocking=False):
            return False
        try:
            return self._turn.acquire(timeout=max(0.0, until - monotonic()))
        finally:
            _places.release()

    def _let_others_in(self) -> None:
        """Pause now and then, since the next thread of this process would always be faster than another process."""
        self._in_a_row += 1
        if self._in_a_row == IN_A_ROW:
            self._in_a_row = 0
            sleep(1.5 * POLL)


def _damaged() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_CORRUPT, "SQLITE_CORRUPT"
    return error


_queues: dict[str, WriteQueue] = {}


class Cursor(sqlite3.Cursor):
    """A cursor that begins the transaction of a statement that may write."""

    connection: "WriterConnection"

    def execute(self, sql: str, *parameters: Any) -> "Cursor":
        self.connection.prepare(sql)
        try:
            super().execute(sql, *parameters)
        except UnicodeDecodeError as error:  # SQLite's message quotes a table definition that it can't read
            raise _damaged() from error
        return self

    def executemany(self, sql: str, *parameters: Any) -> "Cursor":
        self.connection.prepare(sql)
        super().executemany(sql, *parameters)
        return self


class WriterConnection(sqlite3.Connection):
    """A connection whose transactions begin as a writer's, in the turn of its process."""

    def __init__(self, database: str, *arguments: Any, **options: Any) -> None:
        super().__init__(database, *arguments, **options)
        self._queue = WriteQueue() if database == ":memory:" else _queues.setdefault(database, WriteQueue())
        self._has_turn = False

    def cursor(self, factory: Any = Cursor) -> Any:
        return super().cursor(factory)

    def prepare(self, sql: str) -> None:
        """Begin a transaction if *sql* may write and none is open.

        Raises:
            sqlite3.OperationalError: another writer did not end in time, or enough others wait already.
        """
        if not self.in_transaction and _WRITES.match(sql):
            self._begin(getattr(_own, "patience", PATIENCE))

    def _begin(self, patience: float) -> None:
        until = monotonic() + patience
        if not self._queue.enter(patience):
            raise sqlite3.OperationalError("database is locked")
        self._has_turn = True
        try:
            super().execute("PRAGMA busy_timeout = 0")
            while not self._is_begun(is_last=monotonic() > until):
                sleep(POLL)
        finally:
            super().execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            self._end()

    def _is_begun(self, *, is_last: bool) -> bool:
        try:
            super().execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if is_last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self._end()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._end()

    def close(self) -> None:
        super().close()
        self._end(is_over=True)

    def _end(self, *, is_over: bool = False) -> None:
        """Give the turn to the next writer, unless the transaction is open."""
        if self._has_turn and (is_over or not self.in_transaction):
            self._has_turn = False
            self._queue.leave()
