"""A unit gets another name from a day on, and stays the same unit."""

from datetime import date

import pytest

from commune.operations import create_unit, rename_unit
from commune.operations.units import OutsideItsTime, settle_names
from commune.queries import list_units
from tests.factories import make_unit

MERGED, TODAY, SOON = date(2025, 7, 1), date(2026, 11, 23), date(2027, 1, 1)


def rename(session, unit, name="phường Lâm Bình", kind="ward", since=date(2026, 3, 1), today=TODAY):
    rename_unit(session, unit, name=name, kind=kind, since=since, today=today)


def called(session, unit, on):
    """Kind and name of a unit on a day, as stored; None before it began."""
    session.refresh(unit, ["names"])
    said = [each for each in unit.names if each.since <= on]
    return (said[-1].kind, said[-1].name) if said else None


def test_a_renamed_unit_keeps_its_identity_and_its_old_name_for_the_old_days(session):
    unit = make_unit(session, name="xã Lâm Bình", code="02266")

    rename(session, unit)

    assert (unit.code, unit.kind, unit.name, unit.search_key) == ("02266", "ward", "phường Lâm Bình", "phuong lam binh")
    assert called(session, unit, date(2026, 2, 28)) == ("commune", "xã Lâm Bình")
    assert called(session, unit, date(2026, 3, 1)) == ("ward", "phường Lâm Bình")
    assert called(session, unit, date(2025, 6, 30)) is None


def test_a_name_that_lies_ahead_takes_effect_on_its_day_by_the_daily_command(app, session, monkeypatch):
    unit = make_unit(session, name="xã Lâm Bình")
    rename(session, unit, since=SOON)
    session.commit()

    assert unit.name == "xã Lâm Bình"
    monkeypatch.setattr("core.commands.cli.local_date", lambda _now: SOON)
    output = app.test_cli_runner().invoke(args=["purge"]).output

    session.refresh(unit)
    assert "Đơn vị đổi tên hoặc đổi loại từ hôm nay: 1." in output
    assert (unit.name, unit.kind) == ("phường Lâm Bình", "ward")


@pytest.mark.both_databases
def test_settling_twice_changes_nothing_more(session):
    unit = make_unit(session, name="xã Lâm Bình")
    rename(session, unit, since=SOON)

    assert [settle_names(session, day) for day in (TODAY, SOON, SOON)] == [0, 1, 0]


def test_units_below_are_found_by_the_new_name_of_their_parent(session):
    province = make_unit(session, name="tỉnh Hà Giang", kind="province")
    commune = make_unit(session, name="xã Lâm Bình", parent=province)
    village = make_unit(session, name="thôn Nà Co", kind="village", parent=commune)

    rename(session, province, name="tỉnh Tuyên Quang", kind="province")

    session.expire_all()
    assert commune.context_key == "tinh tuyen quang"
    assert village.context_key == "xa lam binh tinh tuyen quang"


@pytest.mark.both_databases
def test_a_second_name_for_the_same_day_replaces_the_first(session):
    unit = make_unit(session, name="xã Lâm Bin")

    rename(session, unit, name="xã Lâm Bình", kind="commune", since=MERGED)

    assert [(said.since, said.name) for said in session.get(type(unit), unit.id, populate_existing=True).names] == [
        (MERGED, "xã Lâm Bình")
    ]


def test_a_unit_that_ended_keeps_the_last_name_it_had(session):
    old = create_unit(
        session, code="02266", kind="township", name="thị trấn Lăng Can", valid_from=date(2004, 7, 1), valid_to=MERGED
    )

    rename(session, old, name="xã Lăng Can", kind="commune", since=date(2004, 7, 1))
    rename(session, old, name="thị trấn Lăng Can", kind="township", since=date(2021, 6, 1))

    assert (old.name, old.kind) == ("thị trấn Lăng Can", "township")
    assert called(session, old, date(2021, 5, 31)) == ("commune", "xã Lăng Can")


@pytest.mark.parametrize("since", [date(2025, 6, 30), date(2026, 1, 1)])
def test_a_unit_has_no_name_before_its_first_or_after_its_last_day(session, since):
    unit = create_unit(
        session, code="02266", kind="commune", name="xã Lâm Bình", valid_from=MERGED, valid_to=date(2026, 1, 1)
    )

    with pytest.raises(OutsideItsTime):
        rename(session, unit, since=since)


@pytest.mark.both_databases
def test_numbered_units_are_sorted_by_their_numbers(session):
    units = [make_unit(session, name=name) for name in ("phường 10", "phường 2", "phường 1", "phường An Phú")]

    ordered = list_units(session, frozenset(unit.id for unit in units), TODAY)

    assert [unit.name for unit in ordered] == ["phường 1", "phường 2", "phường 10", "phường An Phú"]


@pytest.mark.both_databases
def test_a_very_long_name_in_capitals_is_kept_whole(session):
    name = "TRƯỜNG " * 14

    unit = make_unit(session, name=name.strip()[:100], kind="school")

    session.expire_all()
    assert unit.name == name.strip()[:100]
