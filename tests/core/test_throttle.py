"""The throttle of attempts: those that cost nothing, and those that must wait."""

from datetime import timedelta

import pytest

from core.throttle import Shut, count_try
from core.values.delay import Budget
from tests.factories import MONDAY

BUCKET, TWO = b"x" * 32, Budget(free=2, longest=timedelta(minutes=1))
MOMENT = timedelta(milliseconds=5)


def test_a_free_attempt_that_arrived_a_moment_before_the_last_one_is_taken(session):
    count_try(session, BUCKET, MONDAY, TWO)

    count_try(session, BUCKET, MONDAY - MOMENT, TWO)


def test_after_the_free_attempts_the_next_one_waits(session):
    for _ in range(2):
        count_try(session, BUCKET, MONDAY, TWO)

    with pytest.raises(Shut) as shut:
        count_try(session, BUCKET, MONDAY + MOMENT, TWO)
    count_try(session, BUCKET, MONDAY + timedelta(seconds=2), TWO)

    assert shut.value.seconds == 2
