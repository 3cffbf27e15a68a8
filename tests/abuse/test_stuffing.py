"""A counter that is stuffed over HTTP: its headline stays, one device moves nothing, and honest people count."""

import os
from datetime import timedelta

import pytest

from core import clock
from core.crypto import new_code, new_key
from core.values.week import local_date
from survey.counter.models import Counter
from survey.counter.queries.printed import address_of
from survey.figures.queries.figures import figures_of
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import make_counter
from tests.support.visitor import Visitor

pytestmark = pytest.mark.both_databases

POSTS = 500 if os.environ.get("LONG") else 120
BEFORE, SATISFIED = 368, 307
"""Ratings of the counter in the week before: 83,4 % satisfied."""
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari"
WEEK = timedelta(weeks=1)


@pytest.fixture
def stuffed(served):
    """Create a counter with a course of its own; return its id and the path of its page."""
    return new_counter(served, BEFORE, SATISFIED)


def new_counter(served, before=0, satisfied=0):
    with served.session() as session:
        counter = make_counter(session)
        for at in range(before):
            opinion = Opinion(Level.VERY_SATISFIED if at < satisfied else Level.DISSATISFIED)
            record_rating(
                session,
                served.keyring,
                counter,
                opinion,
                channel=Channel.OPEN,
                receipt=new_code(),
                now=clock.now() - WEEK,
            )
        return counter.id, f"/q/{address_of(served.keyring, counter)}"


def figures_next_week(served, counter_id):
    """Return the counter's figures once this week is over."""
    with served.session() as session:
        return figures_of(session, [session.get_one(Counter, counter_id)], local_date(clock.now()) + WEEK)


def phone(served, path, *, level=5, device="", address="203.0.113.9", browser=ANDROID):
    """Rate once with a browser of its own, which opens the page itself."""
    with Visitor(served.live.url) as visitor:
        headers = {"X_Forwarded_For": address, "User_Agent": browser}
        form = visitor.get(path, **headers).page.form()
        reply = visitor.post(path, form.filled(level=level, key=new_key(), device=device), **headers)
        assert reply.status == 201


def test_posts_from_one_page_leave_the_headline_and_wait_beside_it(served, visitor, stuffed):
    counter_id, path = stuffed
    form = visitor.get(path).page.form()

    for _ in range(POSTS):
        assert visitor.post(path, form.filled(level=5, key=new_key())).status == 201

    figures = figures_next_week(served, counter_id)
    assert (figures.card.n, figures.card.satisfied) == (BEFORE, SATISFIED), "three of one device wait for others"
    assert (figures.raw.n, figures.left_out) == (BEFORE, 0), "one device, of which a citizen may have sent one"


def test_a_script_that_varies_its_browser_its_mark_and_its_page_counts_thirty_times(served, visitor):
    counter_id, path = new_counter(served)
    for at in range(45):
        form = visitor.get(path).page.form()
        body = form.filled(level=5, key=new_key(), device=new_key())
        assert visitor.post(path, body, User_Agent=f"phone {at}").status == 201

    figures = figures_next_week(served, counter_id)
    assert (figures.card.n, figures.left_out) == (30, 0), "fifteen of one network are three devices"


def test_thirty_phones_of_one_wi_fi_all_count(served):
    counter_id, path = new_counter(served)

    for at in range(30):
        with_scripts = at % 3 > 0
        browser = ANDROID if with_scripts else f"{ANDROID} phone {at}"
        phone(served, path, device=new_key() if with_scripts else "", browser=browser, level=at % 5 + 1)

    figures = figures_next_week(served, counter_id)
    assert (figures.card.n, figures.left_out) == (30, 0)


def test_four_ratings_of_a_clerk_around_a_citizens_one_are_not_released(served):
    counter_id, path = new_counter(served)
    for _ in range(2):
        phone(served, path, device="c" * 22)
    phone(served, path, level=1, address="198.51.100.4")
    for _ in range(2):
        phone(served, path, device=new_key())  # a private window, on the same phone
    alone = figures_next_week(served, counter_id)

    for at in range(5, 8):
        phone(served, path, address=f"198.51.100.{at}")
    together = figures_next_week(served, counter_id)

    assert (alone.card, alone.raw) == (None, None)
    assert (together.card.n, together.left_out) == (8, 0)
