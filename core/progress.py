"""Progress of a long command: one line that is rewritten in a terminal, or occasional lines in a log."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeVar

from core.translation import gettext
from core.values.numbers import clock_text, thousands

T = TypeVar("T")
IN_PLACE, IN_A_LOG = 0.2, 30.0
"""Seconds between two prints: in a terminal, and in a log."""


def watched(
    steps: Iterable[T],
    total: int,
    what: str,
    *,
    stream: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[T]:
    """Yield *steps*, of which there will be *total* (named *what*), and print progress on the error stream.

    The remaining time is estimated from the time passed. A short run outside a terminal prints nothing.
    """
    stream = stream or sys.stderr
    is_terminal = stream.isatty()
    start = shown_at = clock()
    for done, step in enumerate(steps, start=1):
        now = clock()
        if now - shown_at >= (IN_PLACE if is_terminal else IN_A_LOG):
            _print(stream, _line(done, total, what, now - start), in_place=is_terminal)
            shown_at = now
        yield step
    if is_terminal and shown_at != start:
        _print(stream, "", in_place=True)


def _line(done: int, total: int, what: str, passed: float) -> str:
    left = clock_text(round(passed / done * (total - done)))
    return gettext(
        "%(done)s/%(total)s %(what)s, còn khoảng %(left)s",
        done=thousands(done),
        total=thousands(total),
        what=what,
        left=left,
    )


def _print(stream: TextIO, line: str, *, in_place: bool) -> None:
    stream.write(f"\r\x1b[K{line}" if in_place else f"{line}\n")
    stream.flush()
