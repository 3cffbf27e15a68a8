"""PostgreSQL's write transactions in the server: few are under way at once, and none waits long for a lock.

PostgreSQL lets all write at once, until somebody holds a row that every submission needs. Then each thread of a server
waited for that row, and readers had none. So a transaction takes one of a few places with its first statement that
writes or locks. A transaction that finds all places taken waits a moment for one, or not at all where one of those
before it is held up already.
"""

import re
import threading
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, Pool, event
from sqlalchemy.exc import OperationalError

GRACE = 0.4
"""Seconds after which a writer is held up: many times what a submission takes."""
LOCK_SECONDS = 5
"""The longest wait for a lock in the server, where the transaction sets no shorter one."""
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
_LOCKS = ("FOR UPDATE", "FOR NO KEY UPDATE")
_PLACE = "writer_since"


class TooManyWait(Exception):
    """As many writers as may be are under way, and one of them is held up."""


class WriterPlaces:
    """At most *most* writers at once."""

    def __init__(self, most: int) -> None:
        self._most, self._changed = most, threading.Condition()
        self._since: list[float] = []

    def enter(self) -> float:
        """Take a place and return its mark.

        Raises:
            TooManyWait: none became free in time.
        """
        begun = monotonic()
        with self._changed:
            while len(self._since) >= self._most:
                now = monotonic()
                if now - begun >= GRACE or now - self._since[0] >= GRACE:
                    raise TooManyWait("other writers are held up")
                self._changed.wait(GRACE - max(now - begun, now - self._since[0]))
            mark = monotonic()
            self._since.append(mark)
            return mark

    def leave(self, mark: float) -> None:
        """Give back the place of this mark."""
        with self._changed:
            self._since.remove(mark)
            self._changed.notify()


_places: WriterPlaces | None = None


def let_few_write(most: int) -> None:
    """Let at most *most* transactions of this process write at once; elsewhere there is no limit."""
    global _places
    _places = WriterPlaces(most)


@event.listens_for(Engine, "connect")
def _wait_for_locks_not_long(connection: Any, _record: Any) -> None:
    if _places is not None and hasattr(connection, "pgconn"):
        connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
        connection.commit()


@event.listens_for(Engine, "before_cursor_execute")
def _take_a_place(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    if _places is None or connection.dialect.name != "postgresql" or _PLACE in connection.info:
        return
    if _WRITES.match(statement) or any(lock in statement for lock in _LOCKS):
        try:
            connection.info[_PLACE] = _places.enter()
        except TooManyWait as refused:
            raise OperationalError(None, None, refused) from refused


@event.listens_for(Engine, "commit")
@event.listens_for(Engine, "rollback")
def _give_it_back(connection: Connection) -> None:
    if not connection.invalidated:
        _leave(connection.info)


@event.listens_for(Pool, "checkin")
@event.listens_for(Pool, "invalidate")
def _give_it_back_with_the_connection(_connection: Any, record: Any, *_: Any) -> None:
    _leave(record.info)


def _leave(info: dict[Any, Any]) -> None:
    if _places is not None and _PLACE in info:
        _places.leave(info.pop(_PLACE))
