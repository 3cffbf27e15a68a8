"""What time it is: the one place that reads the machine's clock, in UTC and whole milliseconds."""

from datetime import UTC, datetime, timedelta

MILLISECOND = timedelta(milliseconds=1)


def now() -> datetime:
    """The present moment, UTC, cut (not rounded) to the millisecond."""
    return to_millisecond(datetime.now(UTC))


def to_millisecond(moment: datetime) -> datetime:
    """*moment* cut to the millisecond, the finest time that is stored or compared."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
