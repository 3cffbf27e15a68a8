"""A round for the ugly sheet, the day after its close."""

from datetime import timedelta

import pytest

from bench import ugly_sheet
from core import clock
from tests.factories import make_contest, make_unit


@pytest.fixture
def round(session):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    units = [make_unit(session, name=name, kind="ward" if name.startswith("phường") else "commune", parent=province)
             for name in ugly_sheet.UNITS]  # fmt: skip
    made = make_contest(session, unit=province, units=units).rounds[0]
    session.commit()
    return made


@pytest.fixture(autouse=True)
def later(monkeypatch, round):
    """Set the clock to the day after the round's close."""
    now = round.closes_at + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: now)
