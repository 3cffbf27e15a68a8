"""The code by which an address names a year, a quarter or a month."""

from __future__ import annotations

import re

_CODE = re.compile(r"(20\d\d)(?:-(?:q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)


def read_period_code(code: str) -> tuple[int, int, int] | None:
    """Return the year, the quarter (1 to 4) and the month (1 to 12) of *code*, 0 for what it doesn't name; None for
    anything else.

    >>> read_period_code("2026"), read_period_code("2026-q3"), read_period_code("2026-07"), read_period_code("2026-13")
    ((2026, 0, 0), (2026, 3, 0), (2026, 0, 7), None)
    """
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    year, quarter, month = (int(part or 0) for part in found.groups())
    return year, quarter, month
