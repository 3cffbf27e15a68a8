"""The order of the stage's audit trail: the stage moves its clock to and fro, a trail goes forward."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import event

from account.models import AuditEntry

STEP, ENTRIES = timedelta(minutes=11), 60
"""The time between two entries, and about how many the stage writes."""


@contextmanager
def in_order(now: datetime) -> Iterator[None]:
    """Let the entries of the block follow one another up to *now*, of any moment."""
    numbers = count()

    def stamp(_entry: AuditEntry, _args: Any, values: dict[str, Any]) -> None:
        values["at"] = now - STEP * max(0, ENTRIES - next(numbers))

    event.listen(AuditEntry, "init", stamp)
    try:
        yield
    finally:
        event.remove(AuditEntry, "init", stamp)
