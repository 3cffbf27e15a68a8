"""Search of units by typed text, in a country with three Xuân Lập in 2023 and two today."""

from datetime import date

import pytest

from commune.labels import era
from commune.operations import create_unit, rename_unit
from commune.queries.search import search_units
from commune.queries.units import units_on

pytestmark = pytest.mark.both_databases

IN_2023, TODAY = date(2023, 7, 1), date(2026, 11, 23)


def shown(session, text, **more):
    return [
        ", ".join(
            [each.unit.name, *(unit.name for unit in each.parents), era(each.unit.valid_from, each.unit.valid_to)]
        )
        for each in search_units(session, text, **more)
    ]


@pytest.mark.parametrize(
    "text", ["xa xuan lap", "UBND xã Xuân Lập", "XÃ XUÂN LẬP", "Xuân Lâp", "x. xuan lap", "xuan-lap"]
)
def test_xuan_lap_is_found_however_it_is_written(session, text):
    found = shown(session, text)

    assert sorted(found) == sorted(
        [
            "xã Xuân Lập, tỉnh Thanh Hóa, từ 1/7/2025",
            "xã Xuân Lập, huyện Lâm Bình, tỉnh Tuyên Quang, đến 30/6/2025",
            "xã Xuân Lập, huyện Thọ Xuân, tỉnh Thanh Hóa, đến 30/6/2025",
            "phường Xuân Lập, tỉnh Đồng Nai, từ 1/7/2025",
            "phường Xuân Lập, thành phố Long Khánh, tỉnh Đồng Nai, đến 30/6/2025",
        ]
    )


def test_three_former_and_two_present_xuan_lap_are_found(session):
    assert len(search_units(session, "xuan lap", on=IN_2023)) == 3
    assert len(search_units(session, "xuan lap", on=TODAY)) == 2


def test_the_typed_kind_is_listed_first_and_then_units_in_force(session):
    kinds = [(each.unit.kind, each.unit.valid_to is None) for each in search_units(session, "phường Xuân Lập")]

    assert kinds == [("ward", True), ("ward", False), ("commune", True), ("commune", False), ("commune", False)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("TT Lăng Can", "thị trấn Lăng Can, huyện Lâm Bình, tỉnh Tuyên Quang, đến 30/6/2025"),
        ("lang can", "thị trấn Lăng Can, huyện Lâm Bình, tỉnh Tuyên Quang, đến 30/6/2025"),
        ("lam binh tuyen quang", "xã Lâm Bình, tỉnh Tuyên Quang, từ 1/7/2025"),
        ("Lâm Bình, tỉnh Tuyên Quang", "xã Lâm Bình, tỉnh Tuyên Quang, từ 1/7/2025"),
        ("xuan lap h. lam binh t. tuyen quang", "xã Xuân Lập, huyện Lâm Bình, tỉnh Tuyên Quang, đến 30/6/2025"),
        ("H. Lâm Bình", "huyện Lâm Bình, tỉnh Tuyên Quang, đến 30/6/2025"),
        ("quan son thanh hoa", "xã Quan Sơn, tỉnh Thanh Hóa, từ 1/7/2025"),
        ("quan son", "xã Quan Sơn, tỉnh Lạng Sơn, từ 1/7/2025"),
        ("tinh khe", "xã Tịnh Khê, tỉnh Quảng Ngãi, từ 1/7/2025"),
        ("quan 3", "quận 3, thành phố Hồ Chí Minh, đến 30/6/2025"),
        ("Phường 1, Quận 3", "phường 1, quận 3, thành phố Hồ Chí Minh, đến 30/6/2025"),
        ("TP Tuyen Quang", "thành phố Tuyên Quang, tỉnh Tuyên Quang, đến 30/6/2025"),
        ("tinh tuyen quang", "tỉnh Tuyên Quang, từ 1/7/2025"),
        ("dak rlap", "huyện Đắk R'Lấp, tỉnh Đắk Nông, đến 30/6/2025"),
        ("Thuý Sơn", "xã Thúy Sơn, huyện Ngọc Lặc, tỉnh Thanh Hóa, đến 30/6/2025"),
        ("bach long vi", "đặc khu Bạch Long Vĩ, thành phố Hải Phòng, từ 1/7/2025"),
        ("tuyen qua", "tỉnh Tuyên Quang, từ 1/7/2025"),
    ],
)
def test_the_first_that_is_shown(session, text, first):
    assert shown(session, text)[0] == first


@pytest.mark.parametrize("text", ["xa phin", "xã Xà Phìn", "xa xa phin", "Xà Phìn"])
def test_a_name_that_begins_like_a_prefix_is_found(session, text):
    province = units_on(session, ["08"], TODAY)["08"]
    create_unit(session, code="99998", kind="commune", name="xã Xà Phìn", valid_from=date(2025, 7, 1), parent=province)

    assert shown(session, text)[0] == "xã Xà Phìn, tỉnh Tuyên Quang, từ 1/7/2025"


def test_a_unit_is_found_by_every_name_it_has_had_once_each(session):
    unit = units_on(session, ["02266"], TODAY)["02266"]
    rename_unit(session, unit, name="phường Lâm Bình", kind="ward", since=date(2026, 3, 1), today=TODAY)
    rename_unit(session, unit, name="phường Lăng Can", kind="ward", since=date(2026, 9, 1), today=TODAY)

    old, new = search_units(session, "xa lam binh", on=TODAY), search_units(session, "lang can", on=TODAY)

    assert [(each.unit.id, each.once) for each in old] == [(unit.id, "xã Lâm Bình")]
    assert [(each.unit.id, each.once) for each in new] == [(unit.id, None)]


def test_only_units_within_are_found(session):
    one = units_on(session, ["15592"], TODAY)["15592"]

    assert shown(session, "xuan lap", within=frozenset({one.id})) == ["xã Xuân Lập, tỉnh Thanh Hóa, từ 1/7/2025"]
    assert shown(session, "xuan lap", within=frozenset()) == []


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "_", "%", "'; --", "\x00", "😀", "không có nơi nào tên thế này", "a " * 500]
)
def test_a_text_without_a_name_finds_nothing(session, text):
    assert shown(session, text) == []


def test_a_search_with_parents_is_one_statement(session, count_queries):
    shown(session, "thon na co")
    count_queries.clear()

    found = shown(session, "an", limit=50)

    assert len(found) == 50
    assert len(count_queries) == 1


def test_the_terminal_prints_the_era_and_the_successors(app):
    output = app.test_cli_runner().invoke(args=["commune", "find", "lang can"]).output

    assert output == (
        "02266       thị trấn Lăng Can, huyện Lâm Bình, tỉnh Tuyên Quang (đến 30/6/2025; nay: xã Lâm Bình)\n"
    )


def test_the_command_reports_that_no_unit_was_found(app):
    done = app.test_cli_runner().invoke(args=["commune", "find", "không đâu cả"])

    assert done.exit_code == 1
    assert "Không thấy đơn vị nào tên là “không đâu cả”." in done.output


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Qui Nhơn", "21583"),
        ("Mĩ Tho", "28261"),
        ("Cư M gar", "24280"),
        ("Kontum", "23293"),
        ("Ealy", "22237"),
        ("Đắc Lắc", "66"),
        ("Bắc Cạn", "01843"),
        ("TPHCM", "79"),
        ("TP.HCM", "79"),
        ("Sài Gòn", "79"),
        ("Thừa Thiên Huế", "46"),
        ("Lí Sơn", "21548"),
        ("qui nhon gia lai", "21583"),
    ],
)
def test_a_place_is_found_by_spellings_near_its_own(session, text, code):
    assert code in [each.unit.code for each in search_units(session, text, on=TODAY)][:2]
