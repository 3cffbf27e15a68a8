"""The present moment in UTC and whole milliseconds. No other module reads the machine's clock."""

from datetime import UTC, datetime, timedelta

MILLISECOND = timedelta(milliseconds=1)


def now() -> datetime:
    """Return the present moment, UTC, cut (not rounded) to the millisecond."""
    return to_millisecond(datetime.now(UTC))


def to_millisecond(moment: datetime) -> datetime:
    """Return *moment* cut to the millisecond, the finest time that is stored or compared."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
