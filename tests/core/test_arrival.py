"""The arrival of a request: the trusted proxy's stamp, within limits."""

from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from core.web.arrival import arrived_at, stamp

ENTERED = datetime(2026, 6, 1, 2, 0, 0, tzinfo=UTC)
TRUSTED = frozenset({"127.0.0.1"})


def arriving(header, address="127.0.0.1"):
    builder = EnvironBuilder(headers={"X-Request-Start": header}, environ_base={"REMOTE_ADDR": address})
    return stamp(Request(builder.get_environ()), ENTERED, TRUSTED)


def at(moment):
    return f"t={int(moment.timestamp())}.{moment.microsecond // 1000:03}"


def test_the_trusted_proxys_stamp_counts_to_the_millisecond():
    early = ENTERED - timedelta(seconds=20, milliseconds=1)

    assert arriving(at(early)) == early


def test_another_address_can_not_set_the_arrival_time():
    assert arriving(at(ENTERED - timedelta(seconds=20)), address="203.0.113.9") == ENTERED


@pytest.mark.parametrize("away", [timedelta(seconds=1), timedelta(minutes=-11)])
def test_a_stamp_that_can_not_be_true_is_left_aside(away):
    assert arriving(at(ENTERED + away)) == ENTERED


@pytest.mark.parametrize("header", ["", "t=", "t=1e9", "1780279200.000", "t=9999999999999.000", "t=0000000000.000"])
def test_a_broken_stamp_is_left_aside(header):
    assert arriving(header) == ENTERED


def test_a_busy_machine_that_reads_late_takes_nothing_from_a_papers_stamp(app, monkeypatch):
    clocked = [ENTERED, ENTERED + timedelta(seconds=3)]
    monkeypatch.setattr("core.clock.now", lambda: clocked.pop(0) if len(clocked) > 1 else clocked[0])
    early = ENTERED - timedelta(milliseconds=45)

    with app.test_request_context(
        "/",
        method="POST",
        data={"a": "1"},
        headers={"X-Request-Start": at(early)},
        environ_base={"REMOTE_ADDR": "127.0.0.1"},
    ):
        app.preprocess_request()

        assert arrived_at() == early
