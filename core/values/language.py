"""The languages of the pages, and the one that is spoken at present.

The present language belongs to the request (`core.web.language`) or to the terminal (`core.commands.language`);
everywhere else it is Vietnamese. What is stored, signed or compared is written in `DEFAULT`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

DEFAULT = "vi"


@dataclass(frozen=True)
class Conventions:
    """How a language calls itself and writes numbers, days and durations.

    `locale` is its name with the country whose habits it follows; `units` are hour, minute and second for one and
    for several; `dated` is how a day with its weekday is written, `hours` the times of day that have words of their
    own in a moment.
    """

    name: str
    locale: str
    swap: dict[int, int]
    percent: str
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    months: tuple[str, ...]
    day: str
    day_short: str
    dated: str
    moment: str
    hours: dict[str, str]
    deadline: str
    month: str
    month_short: str
    units: tuple[tuple[str, str], ...]


VIETNAMESE = Conventions(
    name="Tiếng Việt",
    locale="vi_VN",
    swap=str.maketrans(",.", ".,"),
    percent="{}\xa0%",
    weekdays=("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    weekdays_short=("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
    months=tuple(f"tháng {number}" for number in range(1, 13)),
    day="{day:02}/{month:02}/{year}",
    day_short="{day}/{month}",
    dated="{weekday}, {day:02}/{month:02}/{year}",
    moment="{time} {dated}",
    hours={"00:00": "0 giờ", "12:00": "12 giờ trưa"},
    deadline="hết {dated}",
    month="tháng {month}/{year}",
    month_short="T{month}/{year}",
    units=(("giờ", "giờ"), ("phút", "phút"), ("giây", "giây")),
)
ENGLISH = Conventions(
    name="English",
    locale="en_GB",
    swap={},
    percent="{}%",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    weekdays_short=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    day="{day} {name} {year}",
    day_short="{day} {short}",
    dated="{weekday} {day} {name} {year}",
    moment="{time}, {dated}",
    hours={},
    deadline="the end of {dated}",
    month="{name} {year}",
    month_short="{short} {year}",
    units=(("hour", "hours"), ("minute", "minutes"), ("second", "seconds")),
)
LANGUAGES: dict[str, Conventions] = {DEFAULT: VIETNAMESE, "en": ENGLISH}
"""The languages that pages are written in, by code; a further one is a row here and a catalogue in `translations/`."""

_present: ContextVar[str] = ContextVar("language", default=DEFAULT)


def present() -> str:
    """Return the code of the present language."""
    return _present.get()


def conventions() -> Conventions:
    """Return how the present language writes numbers and days."""
    return LANGUAGES[_present.get()]


def known(asked: str) -> str:
    """Return the language *asked* for, Vietnamese where there is none of that code.

    >>> known("en"), known("EN"), known("xx"), known("")
    ('en', 'vi', 'vi', 'vi')
    """
    return asked if asked in LANGUAGES else DEFAULT


def speak(language: str) -> None:
    """Speak *language* from now on, in a process whose requests set their own."""
    _present.set(known(language))


@contextmanager
def use(language: str) -> Iterator[None]:
    """Speak *language* until the end of the block."""
    token = _present.set(known(language))
    try:
        yield
    finally:
        _present.reset(token)
