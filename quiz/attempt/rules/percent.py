"""A guessed percentage, kept as a whole number of its last decimal: 33,5 % with one decimal is 335."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{0,12})?|[.,]\d{1,12})\s*%?")


class PercentIssue(StrEnum):
    """A mistake in a typed percentage."""

    UNREADABLE = "unreadable"
    TOO_FINE = "too-fine"
    TOO_LARGE = "too-large"


def read_percent(text: str, decimals: int) -> int | PercentIssue:
    """Return a percentage of 0 to 100 with at most so many *decimals*, as a whole number; else what is wrong with it.

    The arithmetic is decimal, so that 0,29 with two decimals is 29. A comma or a dot is the decimal mark.

    >>> read_percent("33,5 %", 1), read_percent("0.29", 2), read_percent("100", 1)
    (335, 29, 1000)
    >>> read_percent("33,55", 1), read_percent("101", 1)
    (<PercentIssue.TOO_FINE: 'too-fine'>, <PercentIssue.TOO_LARGE: 'too-large'>)
    """
    match = _PERCENT.fullmatch(text.strip())
    if match is None:
        return PercentIssue.UNREADABLE
    number = Decimal(match[1].replace(",", "."))
    if number > 100:
        return PercentIssue.TOO_LARGE
    scaled = number.scaleb(decimals)
    return int(scaled) if scaled == scaled.to_integral_value() else PercentIssue.TOO_FINE
