"""The organiser of the round that a module's own `week` returns."""

import pytest

from tests.support.staff import desk_in


@pytest.fixture
def organiser(app, session, week):
    return desk_in(app, session, week.contest.unit)
