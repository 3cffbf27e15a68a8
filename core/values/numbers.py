"""Numbers and durations in the present language: 11.963 or 11,963; 87,3 % or 87.3%; 4 phút 12 giây."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from core.values.language import conventions


def thousands(n: int) -> str:
    """Return a whole number with a mark between the thousands, in Vietnamese a dot.

    >>> thousands(11963)
    '11.963'
    """
    return f"{n:,}".translate(conventions().swap)


def read_number(text: str, digits: int = 3) -> int | None:
    """Return a whole number typed in at most *digits* plain digits; None for anything else.

    >>> read_number("12"), read_number("-1"), read_number("１"), read_number("9999")
    (12, None, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def decimal(x: float | Decimal, places: int = 1) -> str:
    """Return a number with its decimal mark, in Vietnamese a comma, halves rounded away from zero.

    Raises ValueError on infinity or not-a-number.

    >>> decimal(87.25), decimal(1234.5, 2)
    ('87,3', '1.234,50')
    """
    exact = Decimal(str(x))
    if not exact.is_finite():
        raise ValueError("only a finite number can be written out")
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded + 0:,.{places}f}".translate(conventions().swap)


def percent(share: float | Decimal, places: int = 1) -> str:
    """Return a share between 0 and 1 as a percentage, its sign kept on the same line.

    >>> percent(0.873)
    '87,3\\xa0%'
    """
    return percentage(Decimal(str(share)) * 100, places)


FEW = 20
"""A share of fewer has no decimal."""


def share_places(n: int) -> int:
    """Return the decimals of a printed share of *n*: none below FEW, which do not carry one.

    >>> share_places(19), share_places(20)
    (0, 1)
    """
    return 0 if n < FEW else 1


def percentage(number: float | Decimal, places: int = 1) -> str:
    """Return a number of per cent, its sign kept on the same line.

    >>> percentage(87.25)
    '87,3\\xa0%'
    """
    return conventions().percent.format(decimal(number, places))


def percent_sign() -> str:
    """Return the sign as it follows a number that is written in larger letters, the space before it included.

    >>> percent_sign()
    '\\xa0%'
    """
    return conventions().percent.format("")


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
    units = conventions().units
    parts = [(amount, units[place]) for place, amount in enumerate((hours, minutes, rest)) if amount]
    return " ".join(f"{amount} {names[amount != 1]}" for amount, names in parts) or f"0 {units[-1][1]}"


def stopwatch(milliseconds: int) -> str:
    """Return a time as a stopwatch shows it, cut to whole seconds: 1:49.

    >>> stopwatch(109_900), stopwatch(3_600_000)
    ('1:49', '60:00')
    """
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"
