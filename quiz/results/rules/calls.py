"""How long winners are called before others may take their place and the round may be published."""

from datetime import datetime, timedelta

UNDECLARED_DAYS = 3
"""Days of calling where a contest declares none, as contests of an older program do."""


def calls_until(since: datetime, days: int | None) -> datetime:
    """Return the end of the calls of a person who came into line at *since*: *days* times 24 hours later.

    None takes `UNDECLARED_DAYS`. Raises nothing.

    >>> calls_until(datetime(2026, 6, 8), 2)
    datetime.datetime(2026, 6, 10, 0, 0)
    """
    return since + timedelta(days=UNDECLARED_DAYS if days is None else days)
