"""Login throttling: count attempts, so that guessing takes longer and longer without delaying other callers."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from account.models import LoginThrottle
from account.rules.delay import delay_after
from core.upsert import insert_if_missing


class Shut(Exception):
    """Attempts are refused for `seconds` more."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def count_try(session: Session, bucket: bytes, now: datetime) -> None:
    """Count an attempt before it is made; after a success the caller calls `forget_tries`.

    Concurrent attempts are all counted, by a conditional UPDATE of the row that was read.

    Raises:
        Shut: earlier attempts failed and it is too early for another.
    """
    while True:
        row = session.get(LoginThrottle, bucket, populate_existing=True) or _begin(session, bucket, now)
        if row.open_at > now:
            raise Shut(-int(-(row.open_at - now).total_seconds() // 1))
        count = row.count + 1
        counted = session.execute(
            update(LoginThrottle)
            .where(LoginThrottle.bucket == bucket, LoginThrottle.count == row.count)
            .values(count=count, open_at=now + delay_after(count), last_at=now)
            .execution_options(synchronize_session=False)
        )
        if counted.rowcount == 1:  # type: ignore[attr-defined]
            return


def _begin(session: Session, bucket: bytes, now: datetime) -> LoginThrottle:
    insert_if_missing(session, LoginThrottle, {"bucket": bucket}, count=0, open_at=now, last_at=now)
    return session.get_one(LoginThrottle, bucket, populate_existing=True)


def forget_tries(session: Session, bucket: bytes) -> None:
    """Delete the failed attempts after a success."""
    session.execute(delete(LoginThrottle).where(LoginThrottle.bucket == bucket))


def purge_tries(session: Session, before: datetime) -> int:
    """Delete the rows of attempts last made *before*; returns how many."""
    return int(session.execute(delete(LoginThrottle).where(LoginThrottle.last_at < before)).rowcount)  # type: ignore[attr-defined]
