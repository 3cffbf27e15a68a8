"""Read the time of day that is written beside a date: the clock, the half of the day, the time zone."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple

from core.sheets.cells import Cell, text_of
from core.values.text import search_key
from core.values.week import VIETNAM

_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?"
    r"| ?(?:gio|h|g)(?![a-z]) ?(?:(\d{1,2})(?: ?(?:phut|ph|p|m|')(?![a-z]) ?(?:(\d{1,2}) ?(?:giay|s|\"|''))?)?)?)"
    r"(?![\d:]) *((?:am|pm|sang|sa|chieu|ch|trua|toi|dem|khuya)\b)?"
)
_DOTTED_HALF = re.compile(r"\b([ap])\. ?m\b\.?|\b([sc])\. ?([ah])\b\.")
_AFTERNOON = {"pm": 1, "ch": 1, "chieu": 1, "toi": 1, "trua": 1, "dem": 8}
"""The hour from which a word means the second half of the day."""
_MORNING = ("am", "sa", "sang", "dem", "khuya")
_HALVES = frozenset({*_AFTERNOON, *_MORNING})
_MIDDAY = {"trua": 10}
_OUR_ZONE = r"ict|asia/(?:ho_chi_minh|saigon|bangkok)|gio (?:viet nam|vn|ha noi|dong duong)|indochina time"
_ZONE = re.compile(
    rf"(?P<name>(?<![a-z])(?:z|gmt|utc|{_OUR_ZONE})(?![a-z]))? *"
    r"(?:(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?)? *(?:\([^)]*\))?$"
)
_WEEKDAY = re.compile(r"\b(?:thu [2-7]|t[2-7])\b")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_MEANINGLESS = frozenset(
    {"t", "vao", "luc", "hoi", "ngay", "gio", "phut", "giay", "buoi", "at", "on"}
    | {"thu", "hai", "ba", "tu", "nam", "sau", "bay", "chu", "nhat", "cn"}
    | {"mon", "tue", "wed", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday"}
    | {"saturday", "sunday"}
)
_UTC = timezone(timedelta(0))
_ZEROS = (1899, 1900, 1904)  # years that a workbook gives to a bare clock time


class TimeSaid(NamedTuple):
    """The time of day beside a date; its zone, None if none is written; words that were not understood."""

    clock: timedelta
    zone: tzinfo | None
    aside: str


def time_said(written: str) -> TimeSaid | None:
    """Return the time of day in the search key of the text beside a date; midnight without any digit.

    None when it can't be read.

    >>> time_said("11:58 p.m. utc")
    TimeSaid(clock=datetime.timedelta(seconds=86280), zone=datetime.timezone.utc, aside='')
    """
    rest = _DOTTED_HALF.sub(lambda half: f"{half[1]}m" if half[1] else half[2] + half[3], _WEEKDAY.sub("", written))
    match = _CLOCK.search(rest)
    if match is None:
        return None if _DIGIT.search(rest) else TimeSaid(timedelta(0), None, _not_understood(rest))
    rest = (rest[: match.start()] + " " + rest[match.end() :]).strip()
    zone, rest = _zone_said(rest)
    half = match[7] or next((word for word in _WORD.findall(rest) if word in _HALVES), None)
    clock = _clock(match, half)
    if clock is None or zone is _NO_ZONE or _DIGIT.search(rest):
        return None
    return TimeSaid(clock, zone, _not_understood(rest))


def zone_in(title: str) -> tzinfo | None:
    """Return the zone that the title of a column names, by its search key; None without any.

    >>> zone_in("submit date (utc)"), zone_in("thoi diem nop bai")
    (datetime.timezone.utc, None)
    """
    match = re.search(rf"(?<![a-z])(?:(utc|gmt)(?: ?([+-]\d{{1,2}}))?|{_OUR_ZONE})(?![a-z\d])", title)
    if match is None:
        return None
    if match[1] is None:
        return VIETNAM
    return timezone(timedelta(hours=int(match[2]))) if match[2] and abs(int(match[2])) < 15 else _UTC


def is_clock(cell: Cell) -> bool:
    """Whether a cell holds a time of day without a date."""
    return clock_of(cell) is not None


def clock_of(cell: Cell) -> timedelta | None:
    """Return the time of day in a cell without a date: "20:15", "8h15 tối", a workbook's clock time; None otherwise."""
    if isinstance(cell, datetime):
        return _since_midnight(cell.time()) if cell.year in _ZEROS else None
    if isinstance(cell, time):
        return _since_midnight(cell)
    if isinstance(cell, timedelta):
        return cell if timedelta(0) <= cell < timedelta(days=1) else None
    if isinstance(cell, float) and 0 < cell < 1:
        return timedelta(seconds=round(cell * 86_400))
    text = search_key(text_of(cell)) if isinstance(cell, str) and len(cell) <= 40 else ""
    said = time_said(text) if _DIGIT.search(text) else None
    return said.clock if said and said.zone is None and not said.aside else None


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)


def _clock(match: re.Match[str], half: str | None) -> timedelta | None:
    """The time of day; None when it is impossible."""
    hour, minute, second = int(match[1]), int(match[2] or match[5] or 0), int(match[3] or match[6] or 0)
    if half in _AFTERNOON and _AFTERNOON[half] <= hour < _MIDDAY.get(half, 12):
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=int((match[4] or "0").ljust(6, "0")))


_NO_ZONE = timezone(timedelta(hours=-23, minutes=-59))
"""Stands for a zone that can't be: +99."""


def _zone_said(rest: str) -> tuple[tzinfo | None, str]:
    """Return the zone at the end of *rest*, and the text before it."""
    match = _ZONE.search(rest)
    if match is None or not (match["name"] or match["sign"]):
        return None, rest
    return _zone(match), rest[: match.start()]


def _zone(match: re.Match[str]) -> tzinfo:
    if match["sign"] is None:
        return _UTC if match["name"] in ("z", "gmt", "utc") else VIETNAM
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    if offset >= timedelta(hours=15):
        return _NO_ZONE
    return timezone(-offset if match["sign"] == "-" else offset)


def _not_understood(rest: str) -> str:
    return " ".join(word for word in _WORD.findall(rest) if word not in _MEANINGLESS and word not in _HALVES)
