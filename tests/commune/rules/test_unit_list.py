"""A typed list of villages, agencies and schools is checked line by line before anything is added."""

from datetime import date

import pytest

from commune.files.unit_text import holds_headcounts, read_unit_text
from commune.rules.directory import DatedUnit, Directory, Name
from commune.rules.unit_list import LineState, check_units

TODAY, SINCE = date(2026, 11, 30), date(2025, 7, 1)


@pytest.fixture
def parent():
    return DatedUnit(1, "02266", SINCE, None, None, [Name(SINCE, "commune", "xã Lâm Bình")])


def below(parent, *names):
    units = [
        DatedUnit(at, f"02266-{at:03}", SINCE, None, parent, [Name(SINCE, "village", name)])
        for at, name in enumerate(names, 2)
    ]
    return Directory([parent, *units])


def checked(parent, text, *there, kind="thôn", as_of=date(2025, 12, 31), source="Công an xã"):
    typed = read_unit_text(text, kind=kind, parent="02266", as_of=as_of, source=source)
    return check_units(below(parent, *there), parent, typed.read.wishes, typed.wrong, TODAY)


def test_each_line_is_a_unit_with_the_chosen_word_where_it_says_none(parent):
    found = checked(parent, "Nà Tông\n- tổ dân phố 5\n3. Trường Tiểu học Lăng Can\n\nbản Khiển; 412")

    assert [(line.row, line.name, line.people) for line in found.lines] == [
        (1, "thôn Nà Tông", None),
        (2, "tổ dân phố 5", None),
        (3, "Trường Tiểu học Lăng Can", None),
        (5, "bản Khiển", 412),
    ]
    assert [change.unit.code for change in found.changes] == ["02266-001", "02266-002", "02266-003"] + ["02266-004"] * 2


def test_an_agency_keeps_its_own_name(parent):
    found = checked(parent, "Công an xã\nTrạm Y tế", kind="cơ quan")

    assert [(change.unit.last.kind, change.unit.last.name) for change in found.changes] == [
        ("agency", "Công an xã"),
        ("agency", "Trạm Y tế"),
    ]


def test_pasted_cells_of_a_sheet_lose_their_title_and_their_numbers(parent):
    found = checked(parent, "STT\tTên thôn\tSố dân\n1\tNà Tông\t1.412\n2\tNà Co\t")

    assert [(line.row, line.name, line.people) for line in found.lines] == [
        (2, "thôn Nà Tông", 1412),
        (3, "thôn Nà Co", None),
    ]


def test_a_unit_that_exists_is_not_added_again_and_a_line_twice_is_added_once(parent):
    found = checked(parent, "thôn nà tông\nNà Co\nthôn Nà Co", "thôn Nà Tông")

    assert [line.state for line in found.lines] == [LineState.KNOWN, LineState.NEW, LineState.REPEATED]
    assert found.lines[2].like_row == 2
    assert found.added == 1


def test_a_headcount_of_a_unit_that_exists_is_stored(parent):
    found = checked(parent, "thôn Nà Tông; 412", "thôn Nà Tông")

    assert [line.state for line in found.lines] == [LineState.COUNTED]
    assert [(change.people, change.source) for change in found.changes] == [(412, "Công an xã")]


def test_names_that_differ_by_marks_alone_are_pointed_at_with_their_place(parent):
    found = checked(parent, "thôn Na Tong\nNà Co\nbản Nà Cò", "thôn Nà Tông")

    assert [(line.like, line.like_row) for line in found.lines] == [
        ("thôn Nà Tông", None),
        ("", None),
        ("thôn Nà Co", 2),
    ]
    assert not found.is_wrong


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("xã Thượng Lâm", "Ở đây chỉ thêm thôn"),
        ("Nà Tông; nhiều", "Số dân"),
        ("Nà Tông; 412; Công an", "Dòng này có thêm: Công an"),
        ("thôn Nà Tông và thôn Nà Co", "có thể là của nhiều đơn vị"),
        ("N? T?ng", "có chữ bị mất"),
    ],
)
def test_a_wrong_line_says_why_and_stops_the_list(parent, line, reason):
    found = checked(parent, f"{line}\nNà Khà")

    assert found.is_wrong
    assert reason in found.lines[0].why


def test_a_headcount_of_tomorrow_is_wrong(parent):
    assert checked(parent, "Nà Tông; 412", as_of=date(2026, 12, 31)).is_wrong


def test_headcounts_are_noticed_before_their_day_is_asked():
    assert holds_headcounts("Nà Tông; 412")
    assert not holds_headcounts("1. Nà Tông\nNà Co")
