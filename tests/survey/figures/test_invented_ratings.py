"""Invented ratings are marked wherever they could be taken for real ones."""

import pytest

from account.rules.permissions import Role
from survey.counter.queries.printed import address_of
from survey.counter.rules.address import typed
from tests.factories import make_account, make_counter
from tests.support.staff import enter

MARK = "Số liệu minh họa"


@pytest.mark.both_databases
@pytest.mark.parametrize("is_invented", [True, False])
def test_exactly_the_pages_with_invented_ratings_are_marked(session, keyring, client, is_invented):
    counter = make_counter(session)
    office = counter.office
    office.is_illustrative = is_invented
    manager = make_account(session, role=Role.MANAGER, unit=office.unit)
    session.commit()
    code = typed(address_of(keyring, counter))
    public = ["/", "/ket-qua/", f"/ket-qua/{office.slug}", f"/ket-qua/{office.slug}/quay/2", f"/q/{code}"]
    staff = ["/quan-tri/danh-gia/", f"/quan-tri/danh-gia/{office.slug}"]

    marked = [MARK in client.get(path).text for path in public]
    marked += [MARK in enter(client, manager).get(path).text for path in staff]

    assert marked == [is_invented] * 7
