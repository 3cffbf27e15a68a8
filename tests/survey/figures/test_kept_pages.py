"""The public pages of results are given again until their data change."""

from datetime import timedelta

import pytest

from account.operations.audit import TERMINAL
from core import clock
from core.crypto import new_code
from survey.counter.operations.counters import close_counters, create_counter, rename_counter, reopen_counters
from survey.counter.operations.offices import correct_office, set_up_office
from survey.instrument.rules.levels import Level
from survey.rating.operations.many import recount_office
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_counter

WORDS = {"name": "Trung tâm xã Mới", "host": "Mặt trận xã", "hotline": "0207 3888 999"}


@pytest.fixture
def counter(session, keyring):
    """Create a counter with five ratings of a finished week."""
    counter = make_counter(session)
    rate(session, keyring, counter, 5)
    session.commit()
    return counter


@pytest.fixture
def page(counter):
    return f"/ket-qua/{counter.office.slug}"


def rate(session, keyring, counter, count, now=MONDAY):
    for _ in range(count):
        record_rating(session, keyring, counter, Opinion(Level(5)), channel=Channel.OPEN, receipt=new_code(), now=now)


def test_a_kept_page_takes_one_statement(client, page, counter, count_queries):
    tables = (f"{page}/so-lieu.csv", f"{page}/quay/{counter.number}/so-lieu.csv")
    paths = (page, f"{page}/quay/{counter.number}", "/ket-qua/", *tables)
    before = [client.get(path).text for path in paths]
    count_queries.clear()

    after = [client.get(path).text for path in paths]

    assert after == before
    assert len(count_queries) == len(paths)


CHANGES = {
    "renamed": (lambda session, counter: rename_counter(session, TERMINAL, counter, "Hộ tịch", now=MONDAY), "Hộ tịch"),
    "closed": (lambda session, counter: close_counters(session, TERMINAL, [counter], now=MONDAY), "(đã đóng)"),
    "another counter": (
        lambda session, counter: create_counter(
            session, TERMINAL, counter.office, number=7, name="Trả kết quả", now=MONDAY
        ),
        "Trả kết quả",
    ),
    "corrected": (
        lambda session, counter: correct_office(session, TERMINAL, counter.office, WORDS, now=MONDAY),
        "Trung tâm xã Mới",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_shows_on_the_next_page(client, session, counter, page, change):
    act, shown = CHANGES[change]
    before = client.get(page).text

    act(session, counter)
    session.commit()

    assert shown not in before
    assert shown in client.get(page).text


def test_a_counter_that_opens_again_shows_so(client, session, counter, page):
    close_counters(session, TERMINAL, [counter], now=MONDAY)
    session.commit()
    before = client.get(page).text

    reopen_counters(session, TERMINAL, [counter], now=MONDAY)
    session.commit()

    assert "(đã đóng)" in before
    assert "(đã đóng)" not in client.get(page).text


def test_a_new_office_shows_in_the_list(client, session, counter):
    client.get("/ket-qua/")

    set_up_office(session, TERMINAL, counter.office.unit, slug="moi", words=WORDS, now=MONDAY)
    session.commit()

    assert "Trung tâm xã Mới" in client.get("/ket-qua/").text


def test_recounted_figures_show_on_the_next_page(client, session, keyring, counter, page):
    assert "5 trong 5 lượt đánh giá" in client.get(page).text

    rate(session, keyring, counter, 5, now=MONDAY + timedelta(weeks=1))
    recount_office(session, TERMINAL, counter.office, [counter], now=MONDAY)
    session.commit()

    assert "10 trong 10 lượt đánh giá" in client.get(page).text


def test_a_page_is_rendered_again_after_five_minutes_whatever_its_version(
    client, session, keyring, counter, page, monkeypatch
):
    client.get(page)
    rate(session, keyring, counter, 5, now=MONDAY + timedelta(weeks=1))
    session.commit()
    later = clock.now() + timedelta(minutes=5)

    monkeypatch.setattr(clock, "now", lambda: later)

    assert "10 trong 10 lượt đánh giá" in client.get(page).text
