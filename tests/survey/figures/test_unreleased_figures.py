"""Why there is no figure yet: the first week is not over, or there are fewer than five ratings."""

import re

import pytest

from account.rules.permissions import Role
from core import clock
from core.crypto import new_code
from core.data_version import PUBLIC, renew_version
from core.values.week import local_date
from survey.counter.operations.counters import add_counter
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_account, make_counter, make_office
from tests.support.staff import enter

FIRST_WEEK, TOO_FEW = "Chưa đến kỳ công bố số liệu", "Chưa đủ 5 lượt để công bố"
BLANKED = re.compile(r'(nonce|value)="[^"]*"')


@pytest.fixture
def new_counter(session):
    return add_counter(session, make_office(session), number=1, name="Đất đai", today=local_date(clock.now()))


def rate(session, keyring, counter, now, channel=Channel.OPEN):
    opinion = Opinion(Level.SATISFIED)
    record_rating(session, keyring, counter, opinion, channel=channel, receipt=new_code(), now=now)


@pytest.mark.both_databases
def test_seven_ratings_of_a_first_week_are_not_called_too_few(session, keyring, client, new_counter):
    for _ in range(7):
        rate(session, keyring, new_counter, clock.now())
    session.commit()

    page = client.get(f"/ket-qua/{new_counter.office.slug}").text
    counter_page = client.get(f"/ket-qua/{new_counter.office.slug}/quay/1").text

    assert (FIRST_WEEK in page, TOO_FEW in page, "Chưa hết tuần đầu tiên" in page) == (True, False, True)
    assert (FIRST_WEEK in counter_page, TOO_FEW in counter_page) == (True, False)


def test_four_ratings_of_a_week_that_is_over_are_too_few(session, keyring, client):
    counter = make_counter(session)
    for _ in range(4):
        rate(session, keyring, counter, MONDAY)
    session.commit()

    page = client.get(f"/ket-qua/{counter.office.slug}").text

    assert (FIRST_WEEK in page, TOO_FEW in page) == (False, True)


@pytest.mark.both_databases
def test_every_list_shows_which_reason_applies(session, client, new_counter):
    old = make_counter(session)
    admin = make_account(session, role=Role.MANAGER, unit=old.office.unit)
    own = make_account(session, role=Role.MANAGER, unit=new_counter.office.unit)
    session.commit()

    public = [client.get(path).text for path in ("/", "/ket-qua/")]
    staff = [enter(client, account).get("/quan-tri/danh-gia/").text for account in (admin, own)]

    assert ("chưa hết tuần đầu tiên" in public[0], "chưa đủ 5 lượt" in public[0]) == (True, True)
    assert ("Chưa hết tuần đầu tiên" in public[1], TOO_FEW in public[1]) == (True, True)
    assert [("Chưa hết tuần đầu tiên" in page, TOO_FEW in page) for page in staff] == [(False, True), (True, False)]


@pytest.mark.parametrize("is_new", [True, False])
def test_a_public_page_without_figures_is_the_same_for_no_rating_and_for_four(
    session, keyring, client, new_counter, is_new
):
    counter = new_counter if is_new else make_counter(session)
    session.commit()
    paths = (
        "/",
        "/ket-qua/",
        f"/ket-qua/{counter.office.slug}",
        f"/ket-qua/{counter.office.slug}/quay/{counter.number}",
    )
    before = [BLANKED.sub("", client.get(path).text) for path in paths]

    for _ in range(4):
        rate(session, keyring, counter, clock.now() if is_new else MONDAY)
    session.commit()

    assert [BLANKED.sub("", client.get(path).text) for path in paths] == before


@pytest.mark.parametrize(("seen", "first"), [(Channel.PAPER, Channel.OPEN), (Channel.OPEN, Channel.PAPER)])
def test_the_first_rating_of_another_channel_waits_like_all(session, keyring, client, seen, first):
    counter = make_counter(session)
    for _ in range(5):
        rate(session, keyring, counter, MONDAY, seen)
    session.commit()
    paths = [f"/ket-qua/{counter.office.slug}", f"/ket-qua/{counter.office.slug}/quay/{counter.number}"]
    before = [BLANKED.sub("", client.get(path).text) for path in paths]

    rate(session, keyring, counter, clock.now(), first)
    renew_version(session, PUBLIC)
    session.commit()

    assert ("Phiếu giấy" in before[0]) is (seen is Channel.PAPER)
    assert [BLANKED.sub("", client.get(path).text) for path in paths] == before


def test_a_single_rating_is_not_seen_on_the_offices_page_of_staff(session, keyring, client):
    counter = make_counter(session)
    manager = make_account(session, role=Role.MANAGER, unit=counter.office.unit)
    session.commit()
    enter(client, manager)
    before = client.get(f"/quan-tri/danh-gia/{counter.office.slug}").text

    rate(session, keyring, counter, MONDAY)
    rate(session, keyring, counter, clock.now())
    session.commit()

    after = client.get(f"/quan-tri/danh-gia/{counter.office.slug}").text
    assert BLANKED.sub("", after) == BLANKED.sub("", before)


def test_a_recount_reports_counted_ratings_without_unreleased_ones(app, session, keyring):
    counter = make_counter(session)
    for _ in range(6):
        rate(session, keyring, counter, MONDAY)
    for _ in range(3):
        rate(session, keyring, counter, clock.now())
    session.commit()

    said = app.test_cli_runner().invoke(args=["survey", "recount", counter.office.slug]).output

    assert said == (
        f"Đã đếm lại 1 quầy của {counter.office.name}: 6 lượt đang hiện số, như trước. "
        "Lượt của tuần này và các đợt chưa đủ 5 lượt được đếm nhưng chưa hiện số.\n"
    )
