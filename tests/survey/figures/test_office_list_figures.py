"""The figures behind the list of offices: released ratings alone, the same as on each office's page."""

from datetime import date, timedelta

import pytest

from core.crypto import new_code
from survey.counter.queries.counters import list_counters
from survey.figures.queries.figures import figures_of
from survey.figures.queries.office_list import read_office_list
from survey.figures.rules.contrast import Contrast
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_counter, make_office, make_unit

TODAY = date(2026, 6, 9)
NEXT_WEEK = MONDAY + timedelta(weeks=1)


@pytest.fixture
def province(session):
    return make_unit(session, name="tỉnh Tuyên Quang", kind="province", code="08")


def make_rated(session, keyring, province, name, levels, now=MONDAY, channel=Channel.OPEN):
    office = make_office(session, unit=make_unit(session, name=name, parent=province), name=f"Một cửa {name}")
    counter = make_counter(session, office=office)
    rate(session, keyring, counter, levels, now, channel)
    return counter


def rate(session, keyring, counter, levels, now=MONDAY, channel=Channel.OPEN):
    for level in levels:
        record_rating(session, keyring, counter, Opinion(Level(level)), channel=channel, receipt=new_code(), now=now)
    session.flush()


@pytest.mark.both_databases
def test_the_list_and_the_page_of_each_office_show_the_same_figures(session, keyring, province):
    make_rated(session, keyring, province, "xã A", [5] * 7 + [1] * 3)
    make_rated(session, keyring, province, "xã B", [4] * 4)
    make_rated(session, keyring, province, "xã C", [1] * 6, channel=Channel.PAPER)

    found = read_office_list(session, TODAY)

    pages = [figures_of(session, list_counters(session, row.office), TODAY).card for row in found.rows]
    assert [row.card for row in found.rows] == pages
    assert [row.card and row.card.n for row in found.rows] == [10, None, None]


def test_the_level_of_all_is_the_sum_of_what_is_shown(session, keyring, province):
    make_rated(session, keyring, province, "xã A", [5] * 10)
    make_rated(session, keyring, province, "xã B", [1] * 30)
    make_rated(session, keyring, province, "xã C", [1] * 4)
    make_rated(session, keyring, province, "xã D", [5, 1, 1, 1, 1])

    found = read_office_list(session, TODAY)

    assert (found.card.satisfied, found.card.n) == (11, 45)
    assert [row.contrast for row in found.rows] == [Contrast.HIGHER, Contrast.LOWER, None, Contrast.UNCLEAR]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_three_offices_with_figures_are_compared_and_fewer_are_not(session, keyring, province, count):
    for name in ("xã A", "xã B", "xã C")[:count]:
        make_rated(session, keyring, province, name, [5] * 5)
    make_rated(session, keyring, province, "xã D", [5])

    found = read_office_list(session, TODAY)

    assert found.is_compared == (count == 3)
    assert [row.contrast is not None for row in found.rows] == [count == 3] * count + [False]


def test_offices_of_two_provinces_are_not_compared(session, keyring, province):
    for name in ("xã A", "xã B", "xã C"):
        make_rated(session, keyring, province, name, [5] * 5)
    make_rated(session, keyring, make_unit(session, name="tỉnh Lạng Sơn", kind="province"), "xã A", [5] * 5)

    assert read_office_list(session, TODAY).is_compared is False


@pytest.mark.parametrize("real", [1, 2, 3])
def test_invented_and_real_ratings_are_never_put_together(session, keyring, province, real):
    for name in ("xã A", "xã B", "xã C", "xã D"):
        make_rated(session, keyring, province, name, [1] * 50).office.is_illustrative = True
    for name in ("xã E", "xã G", "xã H")[:real]:
        make_rated(session, keyring, province, name, [5] * 5)
    session.flush()

    found = read_office_list(session, TODAY)

    if real < 3:
        assert (found.card.satisfied, found.card.n, len(found.rows)) == (0, 200, 4 + real)
        assert [row.contrast is None for row in found.rows] == [False] * 4 + [True] * real
    else:
        assert [row.office.unit.name for row in found.rows] == ["xã E", "xã G", "xã H"]
        assert (found.card.satisfied, found.card.n) == (15, 15)


def test_ratings_that_wait_are_in_no_figure_of_the_list(session, keyring, province):
    counter = make_rated(session, keyring, province, "xã A", [5] * 5)
    before = read_office_list(session, TODAY)

    rate(session, keyring, counter, [1] * 4, MONDAY + timedelta(days=1))
    rate(session, keyring, counter, [1] * 9, NEXT_WEEK)

    after = read_office_list(session, TODAY)
    assert after.card.n == 9  # the finished week; nine of this week wait
    assert after.coverage == before.coverage
    assert after.coverage.until == date(2026, 6, 7)


def test_offices_of_two_provinces_have_no_common_one(session, keyring, province):
    make_rated(session, keyring, province, "xã A", [5] * 5)
    assert read_office_list(session, TODAY).province is province

    make_rated(session, keyring, make_unit(session, name="tỉnh Lạng Sơn", kind="province"), "xã A", [5] * 5)

    assert read_office_list(session, TODAY).province is None


def test_nothing_is_a_list_without_figures(session):
    found = read_office_list(session, TODAY)

    assert (found.rows, found.card, found.coverage, found.province) == ((), None, None, None)


@pytest.mark.both_databases
def test_all_offices_are_read_in_four_statements(session, keyring, province, count_queries):
    for name in ("xã A", "xã B", "xã C"):
        make_rated(session, keyring, province, name, [5] * 5)
    session.commit()
    session.expire_all()
    count_queries.clear()

    read_office_list(session, TODAY)
    cold = len(count_queries)
    session.expire_all()
    count_queries.clear()
    read_office_list(session, TODAY)

    assert (cold <= 4, len(count_queries)) == (True, 3)
