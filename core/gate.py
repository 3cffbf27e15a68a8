"""A gate that lets a few threads of a process do costly work at a time, so that the others stay free for pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

AGAIN = 3
"""Seconds after which a refused caller may try again."""


class Busy(Exception):
    """The gate is full: nothing was done."""


class Gate:
    """Lets *at_once* callers through, and *waiting* more wait at most *patience* seconds; others are refused at once.

    Those that wait hold a thread each, so *at_once* + *waiting* stays below the number of threads.
    """

    def __init__(self, *, at_once: int, waiting: int, patience: float) -> None:
        self._inside, self._near = BoundedSemaphore(at_once), BoundedSemaphore(at_once + waiting)
        self.patience = patience

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Do the block within the gate.

        Raises:
            Busy: too many wait already, or the wait took too long.
        """
        if not self._near.acquire(blocking=False):
            raise Busy
        try:
            if not self._inside.acquire(timeout=self.patience):
                raise Busy
            try:
                yield
            finally:
                self._inside.release()
        finally:
            self._near.release()
