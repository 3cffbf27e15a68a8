"""Numbers and durations as Vietnamese text: 11.963; 87,3 %; 4 phút 12 giây."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_SWAP = str.maketrans(",.", ".,")


def thousands(n: int) -> str:
    """Return a whole number with dots between the thousands.

    >>> thousands(11963)
    '11.963'
    """
    return f"{n:,}".translate(_SWAP)


def read_number(text: str, digits: int = 3) -> int | None:
    """Return a whole number typed in at most *digits* plain digits; None for anything else.

    >>> read_number("12"), read_number("-1"), read_number("１"), read_number("9999")
    (12, None, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def decimal(x: float | Decimal, places: int = 1) -> str:
    """Return a number with a decimal comma, halves rounded away from zero.

    Raises ValueError on infinity or not-a-number.

    >>> decimal(87.25), decimal(1234.5, 2)
    ('87,3', '1.234,50')
    """
    exact = Decimal(str(x))
    if not exact.is_finite():
        raise ValueError("only a finite number can be written out")
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded + 0:,.{places}f}".translate(_SWAP)


def percent(share: float | Decimal, places: int = 1) -> str:
    """Return a share between 0 and 1 as a percentage.

    >>> percent(0.873)
    '87,3 %'
    """
    return f"{decimal(Decimal(str(share)) * 100, places)} %"


def clock_text(seconds: int) -> str:
    """Return a duration in words without the parts that are zero; 0 gives "0 giây".

    Raises ValueError on a negative duration.

    >>> clock_text(252), clock_text(3600), clock_text(0)
    ('4 phút 12 giây', '1 giờ', '0 giây')
    """
    if seconds < 0:
        raise ValueError("a duration cannot be negative")
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "giờ"), (minutes, "phút"), (rest, "giây")]
    return " ".join(f"{amount} {name}" for amount, name in parts if amount) or "0 giây"


def stopwatch(milliseconds: int) -> str:
    """Return a time as a stopwatch shows it, cut to whole seconds: 1:49.

    >>> stopwatch(109_900), stopwatch(3_600_000)
    ('1:49', '60:00')
    """
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"
