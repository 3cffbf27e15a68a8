"""Staff rate themselves among citizens, over HTTP: nearly all are set apart, and hardly any citizen is (F24)."""

import os
import random
from collections import Counter as TallyCounter

import pytest

from account.rules.permissions import Role
from core.crypto import new_key
from survey.counter.models import Counter
from survey.counter.queries.printed import address_of
from survey.rating.queries.rating import find_rating_by_receipt
from tests.factories import make_account, make_counter, make_office
from tests.support.staff import COOKIE, cookie_of

pytestmark = pytest.mark.both_databases

COUNTERS, CITIZENS = (170, 4400) if os.environ.get("LONG") else (7, 180)
"""A citizen sends 1,14 ratings on average. The large sample tells; chance alone moves the small one by a hundredth."""
BROWSERS = [f"Chrome/{number}" for number in range(138, 143)] + ["Safari/18", "Safari/26", "Zalo", "Samsung", "Firefox"]
OFFICE_LINE, CLERKS_PHONE = "198.51.100.77", "27.64.1.1"


@pytest.fixture
def paths(served):
    """Create an office with its own network and counters; return the paths of their pages."""
    with served.session() as session:
        office = make_office(session)
        office.networks = "198.51.100.0/24"
        counters = [make_counter(session, office=office, number=number) for number in range(1, COUNTERS + 1)]
        return [f"/q/{address_of(served.keyring, counter)}" for counter in counters]


@pytest.fixture
def cookie(served, paths):
    """Return the cookie of a clerk of the office who is signed in."""
    with served.session() as session:
        unit = session.get(Counter, 1).office.unit
        email = make_account(session, role=Role.MANAGER, unit=unit).email
    return f"{COOKIE}={cookie_of(served.app, email)}"


def citizens(hazard, paths):
    """Yield the ratings of a day: on mobile data, on the visitors' Wi-Fi, some of two to four dossiers."""
    for at in range(CITIZENS):
        network = "203.0.113.9" if hazard.random() < 0.4 else f"27.{64 + at % 40}.{hazard.randrange(250)}.{at % 250}"
        headers = {"X_Forwarded_For": network, "User_Agent": hazard.choice(BROWSERS)}
        mark = new_key() if hazard.random() < 0.97 else ""
        for _ in range(hazard.choices((1, 2, 3, 4), (90, 7, 2.5, 0.5))[0]):
            yield "citizen", paths[at % len(paths)], mark, headers


def staff(path, cookie):
    """Yield thirty ratings of the clerks of a counter: signed in, on the office's line, and six of a private phone."""
    for _ in range(16):
        yield "staff", path, new_key(), {"X_Forwarded_For": CLERKS_PHONE, "Cookie": cookie}
    for _ in range(8):
        yield "staff", path, new_key(), {"X_Forwarded_For": OFFICE_LINE, "User_Agent": "Chrome/141"}
    for _ in range(6):
        yield "staff", path, "c" * 22, {"X_Forwarded_For": CLERKS_PHONE, "User_Agent": "Safari/18"}


def rate(visitor, path, mark, headers):
    """Open the page, send a rating of level 5 and return its receipt."""
    form = visitor.get(path, **headers).page.form()
    answer = visitor.post(path, form.filled(level=5, key=new_key(), device=mark), **headers)
    assert answer.status == 201
    return answer.receipt


def test_nine_in_ten_ratings_of_staff_are_set_apart_and_one_in_a_hundred_of_citizens(served, visitor, paths, cookie):
    hazard = random.Random(3)
    everybody = [*citizens(hazard, paths), *staff(paths[0], cookie)]
    hazard.shuffle(everybody)

    receipts = [(who, rate(visitor, *rating)) for who, *rating in everybody]

    kinds = {"citizen": TallyCounter(), "staff": TallyCounter()}
    with served.session() as session:
        for who, receipt in receipts:
            kinds[who][find_rating_by_receipt(session, served.keyring, receipt).rating_class] += 1
    apart = {who: sum(counts[kind] for kind in ("more", "burst", "own")) for who, counts in kinds.items()}
    assert apart["staff"] >= 27, kinds
    assert apart["citizen"] <= kinds["citizen"].total() / 100, kinds
