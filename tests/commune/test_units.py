"""Units with their dates, their order, and the units below them."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from commune.operations import create_unit
from commune.queries import find_unit, list_units, list_units_below
from tests.factories import make_unit

pytestmark = pytest.mark.both_databases


def test_a_code_that_was_used_again_names_the_unit_of_today(session):
    old = {"code": "02266", "kind": "township", "name": "thị trấn Lăng Can", "valid_from": date(2011, 1, 1)}
    create_unit(session, **old, valid_to=date(2025, 7, 1))
    create_unit(session, code="02266", kind="commune", name="xã Lâm Bình", valid_from=date(2025, 7, 1))

    assert find_unit(session, "02266").name == "xã Lâm Bình"


def test_the_same_code_from_the_same_day_is_refused(session):
    make_unit(session, code="02266")

    with pytest.raises(IntegrityError):
        make_unit(session, code="02266")


def test_units_below_are_found_at_every_depth(session):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    district = make_unit(session, name="huyện Lâm Bình", kind="district", parent=province)
    commune = make_unit(session, name="xã Xuân Lập", parent=district)
    make_unit(session, name="tỉnh khác", kind="province")

    assert list_units_below(session, frozenset({province.id})) == {province.id, district.id, commune.id}


def test_units_are_sorted_in_vietnamese_order_by_name_without_kind(session):
    names = ["xã Xuân Lập", "thị trấn Lăng Can", "xã Đức Xuân", "xã Bình An", "xã Đà Vị", "xã Âu Lâu", "xã An Tường"]
    units = [make_unit(session, name=name) for name in names]

    ordered = [unit.name for unit in list_units(session, frozenset(unit.id for unit in units), date(2026, 6, 1))]

    assert ordered == [
        "xã An Tường",
        "xã Âu Lâu",
        "xã Bình An",
        "xã Đà Vị",
        "xã Đức Xuân",
        "thị trấn Lăng Can",
        "xã Xuân Lập",
    ]


def test_only_units_in_force_on_the_day_are_listed(session):
    old = create_unit(
        session,
        code="02290",
        kind="commune",
        name="xã Xuân Lập",
        valid_from=date(2011, 1, 1),
        valid_to=date(2025, 7, 1),
    )
    new = create_unit(session, code="02290", kind="commune", name="xã Xuân Lập", valid_from=date(2025, 7, 1))
    within = frozenset({old.id, new.id})

    assert list_units(session, within, date(2025, 6, 30)) == [old]
    assert list_units(session, within, date(2025, 7, 1)) == [new]


def run(app, *words):
    return app.test_cli_runner().invoke(args=["commune", "add", *words])


def test_the_terminal_adds_a_province_and_its_commune(app, session):
    run(app, "08", "tỉnh Tuyên Quang", "--kind", "province", "--from", "2025-07-01")
    done = run(app, "02266", " xã  Lâm Bình ", "--kind", "commune", "--parent", "08", "--from", "2025-07-01")

    commune = find_unit(session, "02266")
    assert "Đã thêm xã Lâm Bình, mã 02266, từ 01/07/2025." in done.output
    assert (commune.parent.code, commune.valid_from) == ("08", date(2025, 7, 1))


@pytest.mark.parametrize(
    ("words", "mistake"),
    [
        (("02266", "xã khác", "--kind", "commune"), "Mã 02266 đang là của xã Lâm Bình."),
        (("2a", "xã khác", "--kind", "commune"), "Mã đơn vị chỉ gồm chữ số"),
        (("02300", " ", "--kind", "commune"), "Xin ghi tên đầy đủ"),
        (("02300", "xã khác", "--kind", "commune", "--parent", "99"), "Không có đơn vị nào mang mã 99."),
    ],
)
def test_the_terminal_refuses_a_unit_that_can_not_be(app, session, words, mistake):
    make_unit(session, code="02266")
    session.commit()

    done = run(app, *words)

    assert done.exit_code == 1
    assert mistake in done.output


def test_setting_up_an_instance_loads_the_country_once(app, session):
    first, again = (app.test_cli_runner().invoke(args=["setup"]).output for _ in range(2))

    assert "thêm 14.149 đơn vị (trước và sau 1/7/2025), 10.665 liên hệ cũ – mới, 11 số dân." in first
    assert "đã có đủ, không thay đổi gì." in again
    assert find_unit(session, "02266").name == "xã Lâm Bình"
