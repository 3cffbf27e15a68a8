"""The weight of a first visit to the citizens' pages, as a browser's own records tell it."""

import pytest

from survey.counter.queries.printed import address_of
from tests.factories import make_counter
from tests.journeys.steps import rate

LARGEST, LARGEST_SCRIPT, MOST_REQUESTS = 14_336, 5_120, 3


@pytest.fixture
def loaded(context, page):
    """Return what the browser has loaded so far: bytes over the wire, headers included, by address."""
    found, addresses = {}, {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", lambda sent: addresses.update({sent["requestId"]: sent["request"]["url"]}))
    session.on(
        "Network.loadingFinished",
        lambda done: found.update({addresses[done["requestId"]]: done["encodedDataLength"]}),
    )
    return found


@pytest.fixture
def printed(village):
    with village.session() as session:
        return f"{village.url}/q/{address_of(village.keyring, make_counter(session, number=2, name='Đất đai'))}"


def over_the_network(loaded):
    """Leave out what is part of the page itself."""
    return {address: size for address, size in loaded.items() if not address.startswith("data:")}


def icons(page):
    return [link.get_attribute("href") for link in page.locator("link[rel~=icon], link[rel=manifest]").all()]


def test_a_first_rating_loads_little_in_few_requests(printed, page, loaded):
    page.goto(printed, wait_until="networkidle")
    first = over_the_network(loaded)
    apart = [
        address for address in icons(page) if not address.startswith("data:")
    ]  # a browser without a window skips them

    assert len(first) + len(apart) <= MOST_REQUESTS, first
    assert sum(first.values()) <= LARGEST, first
    assert sum(size for address, size in first.items() if ".js" in address) <= LARGEST_SCRIPT, first


def test_the_page_of_thanks_loads_nothing_but_itself(printed, page, loaded):
    page.add_init_script("delete Navigator.prototype.serviceWorker")  # what a worker passes on has no size here
    page.goto(printed, wait_until="networkidle")
    loaded.clear()

    rate(page, "Hài lòng")
    page.wait_for_load_state("networkidle")

    fresh = {address: size for address, size in over_the_network(loaded).items() if size}
    assert len(fresh) == 1, fresh
    assert sum(fresh.values()) <= LARGEST, fresh
