"""A counter and the address of its page."""

import pytest

from survey.counter.queries.printed import address_of
from tests.factories import make_counter


@pytest.fixture
def counter(session):
    counter = make_counter(session)
    session.commit()
    return counter


@pytest.fixture
def path(keyring, counter):
    return f"/q/{address_of(keyring, counter)}"
