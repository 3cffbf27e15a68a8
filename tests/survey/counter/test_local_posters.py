"""Posters with an address of this machine only are not printed without a warning."""

from dataclasses import replace

import pytest

from account.rules.permissions import Role
from app import create_app
from core.web.extensions import db
from tests.factories import make_account, make_counter
from tests.support.staff import Desk, enter

WARNING = "điện thoại quét mã không vào được"


@pytest.mark.parametrize(
    ("address", "is_warned"),
    [("http://127.0.0.1:8000", True), ("http://localhost:8000", True), ("https://danhgia.example", False)],
)
def test_the_pages_that_print_warn_of_a_loopback_address(session, settings, address, is_warned):
    counter = make_counter(session)
    manager = make_account(session, role=Role.MANAGER, unit=counter.office.unit)
    session.commit()
    app = create_app(replace(settings, public_url=address))
    client = enter(Desk(app, app.response_class), manager)

    pages = [client.get(f"/quan-tri/danh-gia/{part}").text for part in (f"{counter.office.slug}/quay", "to-treo")]
    with app.app_context():
        db.engine.dispose()

    assert [WARNING in page for page in pages] == [is_warned] * 2
