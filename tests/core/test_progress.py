"""A long command shows its progress: in place in a terminal, rarely in a log, never when it is short."""

from io import StringIO
from itertools import count

import pytest

from core.progress import watched


class Terminal(StringIO):
    def isatty(self):
        return True


def ticking(seconds):
    return (at * seconds for at in count()).__next__


def test_the_steps_pass_through_as_they_are():
    assert list(watched(iter("abc"), 3, "tệp", stream=StringIO())) == ["a", "b", "c"]


def test_a_short_job_writes_no_progress_to_a_log():
    stream = StringIO()

    list(watched(range(20), 20, "tệp", stream=stream, clock=ticking(1)))

    assert stream.getvalue() == ""


def test_a_log_gets_a_line_every_half_minute_with_the_time_that_is_left():
    stream = StringIO()

    list(watched(range(2000), 2000, "cơ quan", stream=stream, clock=ticking(1)))

    lines = stream.getvalue().splitlines()
    assert lines[0] == "30/2.000 cơ quan, còn khoảng 32 phút 50 giây"
    assert len(lines) == 66


@pytest.mark.parametrize("seconds", [0.3, 5])
def test_a_terminal_gets_one_line_that_is_wiped_at_the_end(seconds):
    stream = Terminal()

    list(watched(range(4), 4, "cơ quan", stream=stream, clock=ticking(seconds)))

    parts = stream.getvalue().split("\r\x1b[K")
    assert parts[1].startswith("1/4 cơ quan, còn khoảng")
    assert parts[-1] == ""
    assert "\n" not in stream.getvalue()


def test_no_work_gives_no_sentence():
    stream = Terminal()

    assert list(watched([], 0, "tệp", stream=stream)) == []
    assert stream.getvalue() == ""
