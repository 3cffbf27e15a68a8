"""A throttle of failed attempts: guessing takes longer and longer, without delaying other callers."""

from datetime import datetime

from sqlalchemy import LargeBinary, delete, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, UtcDateTime, changed_rows
from core.upsert import insert_if_missing
from core.values.delay import A_CALLER, Budget


class Throttle(Base):
    """Failed attempts of one kind of caller, and until when further ones are refused; the hash reveals no caller."""

    __tablename__ = "account_tries"

    bucket: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, info={"keyed": True})
    count: Mapped[int]
    open_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Shut(Exception):
    """Attempts are refused for `seconds` more."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def count_try(session: Session, bucket: bytes, now: datetime, budget: Budget = A_CALLER) -> None:
    """Count an attempt before it is made; after a success the caller calls `forget_tries` or `take_back_try`.

    Concurrent attempts are all counted, by a conditional UPDATE of the row that was read.

    Raises:
        Shut: earlier attempts failed and it is too early for another.
    """
    while True:
        row = session.get(Throttle, bucket, populate_existing=True) or _begin(session, bucket, now)
        if row.open_at > now and budget.delay_after(row.count):  # else one that came a moment before the last
            raise Shut(-int(-(row.open_at - now).total_seconds() // 1))
        count = row.count + 1
        counted = (
            update(Throttle)
            .where(Throttle.bucket == bucket, Throttle.count == row.count)
            .values(count=count, open_at=now + budget.delay_after(count), last_at=now)
        )
        if changed_rows(session, counted.execution_options(synchronize_session=False)) == 1:
            return


def _begin(session: Session, bucket: bytes, now: datetime) -> Throttle:
    insert_if_missing(session, Throttle, {"bucket": bucket}, count=0, open_at=now, last_at=now)
    return session.get_one(Throttle, bucket, populate_existing=True)


def forget_tries(session: Session, bucket: bytes) -> None:
    """Delete the failed attempts after a success."""
    session.execute(delete(Throttle).where(Throttle.bucket == bucket))


def take_back_try(session: Session, bucket: bytes, now: datetime) -> None:
    """Take the counted attempt back after a success: it costs nothing, and earlier failures of others still count."""
    session.execute(
        update(Throttle)
        .where(Throttle.bucket == bucket, Throttle.count > 0)
        .values(count=Throttle.count - 1, open_at=now)
        .execution_options(synchronize_session=False)
    )


def purge_tries(session: Session, before: datetime) -> int:
    """Delete the rows of attempts last made *before*; returns how many."""
    return changed_rows(session, delete(Throttle).where(Throttle.last_at < before))
