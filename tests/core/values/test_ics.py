"""Calendar files hold what was written, by the grammar of RFC 5545."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.values.ics import WIDEST, CalendarEvent, calendar_file

NOON = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
PROPERTY = re.compile(r"(?P<name>[A-Z-]+)(?:;[A-Z-]+=[^:;,\"]+)*:(?P<value>.*)", re.DOTALL)


def event(**fields):
    given = {"uid": "tuan-1@lang-nghe", "starts_at": NOON, "ends_at": NOON + timedelta(hours=1), "title": "Tuần 1 mở"}
    return CalendarEvent(**(given | fields))


def unfolded(file):
    """Return the content lines of *file* as a reader joins them."""
    assert file.endswith("\r\n")
    return file.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def read(file):
    """Return the properties of the events in *file*, their values unescaped; refuse what the grammar does not know."""
    events, path = [], []
    for line in unfolded(file):
        found = PROPERTY.fullmatch(line)
        assert found, line
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            path.append(value)
            events += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert path.pop() == value
        elif path[1:] == ["VEVENT"]:
            events[-1][name] = re.sub(r"\\(.)", lambda each: "\n" if each[1] in "nN" else each[1], value)
    assert path == []
    return events


def test_an_event_is_written_in_vietnams_time():
    lines = unfolded(calendar_file([event()], made_at=NOON))

    assert lines[:4] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lang Nghe//Lich//VI", "CALSCALE:GREGORIAN"]
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20261130T120000" in lines
    assert "DTEND;TZID=Asia/Ho_Chi_Minh:20261130T130000" in lines
    assert "DTSTAMP:20261130T050000Z" in lines
    assert lines.index("TZID:Asia/Ho_Chi_Minh") < lines.index("BEGIN:VEVENT")


@example("Tìm hiểu cải cách hành chính vùng hồ " * 5, "ế" * 200)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])), st.text(st.sampled_from("ếộ,;\\\nab ")))
def test_any_title_and_text_is_read_as_it_was_written(title, text):
    file = calendar_file([event(title=title, text=text)], made_at=NOON)

    assert read(file)[0]["SUMMARY"] == title
    assert read(file)[0].get("DESCRIPTION", "") == text
    assert max(len(line.encode()) for line in file.split("\r\n")) <= WIDEST


def test_a_line_break_in_a_title_adds_no_property():
    file = calendar_file([event(title="Tuần 1\r\nATTACH:http://evil.example")], made_at=NOON)

    assert not any(line.startswith("ATTACH") for line in unfolded(file))


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        calendar_file([event(starts_at=datetime(2026, 11, 30))], made_at=NOON)
