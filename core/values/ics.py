"""Calendar files (iCalendar, RFC 5545) with events in Vietnam's time zone, which a phone's calendar opens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.values.week import VIETNAM

WIDEST = 75
"""The most bytes of a line without its break (RFC 5545, 3.1)."""
ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Ho_Chi_Minh",
    "BEGIN:STANDARD",
    "DTSTART:19750613T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
)
"""Vietnam has had one offset and no summer time since 1975."""


@dataclass(frozen=True)
class CalendarEvent:
    """An event: a permanent name of its own, its period, its words, and a reminder relative to its beginning."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    text: str = ""
    address: str = ""
    reminder: timedelta = timedelta(0)


def calendar_file(events: Iterable[CalendarEvent], *, made_at: datetime) -> str:
    """Return *events* as a calendar file. No events give an empty calendar; raises ValueError on a naive moment.

    Importing the same event again replaces it, since its uid is the same.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lang Nghe//Lich//VI", "CALSCALE:GREGORIAN", *ZONE]
    for event in events:
        lines += _event(event, made_at)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(event: CalendarEvent, made_at: datetime) -> Sequence[str]:
    optional = {"DESCRIPTION": event.text and _text(event.text), "URL": event.address}
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_aware(made_at).astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Asia/Ho_Chi_Minh:{_local(event.starts_at)}",
        f"DTEND;TZID=Asia/Ho_Chi_Minh:{_local(event.ends_at)}",
        f"SUMMARY:{_text(event.title)}",
        *(f"{name}:{value}" for name, value in optional.items() if value),
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(event.title)}",
        f"TRIGGER:{_span(event.reminder)}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _local(moment: datetime) -> str:
    return f"{_aware(moment).astimezone(VIETNAM):%Y%m%dT%H%M%S}"


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment


def _span(span: timedelta) -> str:
    """Return a duration in minutes (RFC 5545, 3.3.6).

    >>> _span(timedelta(hours=-4)), _span(timedelta(hours=7, minutes=30))
    ('-PT240M', 'PT450M')
    """
    minutes = round(span / timedelta(minutes=1))
    return f"{'-' if minutes < 0 else ''}PT{abs(minutes)}M"


def _text(text: str) -> str:
    r"""Return *text* escaped (RFC 5545, 3.3.11), without control characters.

    >>> _text("a, b; c\\d\ne")
    'a\\, b\\; c\\\\d\\ne'
    """
    escaped = re.sub(r"([\\;,])", r"\\\1", text.replace("\r\n", "\n"))
    return re.sub(r"[\x00-\x1f\x7f]", "", escaped.replace("\n", r"\n"))


def _folded(line: str) -> str:
    """Return *line* cut into lines of `WIDEST` bytes at most, never inside a character (RFC 5545, 3.1)."""
    parts, room = [""], WIDEST
    for letter in line:
        size = len(letter.encode())
        if size > room:
            parts.append("")
            room = WIDEST - 1  # the space that begins a continued line
        parts[-1] += letter
        room -= size
    return "\r\n ".join(parts)
