"""Short names of offices: never two alike, never one that says what the office is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commune.rules.short_names import NamedOffice, short_name, short_names

CENTRE = "Trung tâm Phục vụ hành chính công {}"


def office(id=1, *, unit="xã Lâm Bình", name="", kind="commune", parent="tỉnh Tuyên Quang"):
    return NamedOffice(id, name or CENTRE.format(unit), unit, kind, parent)


@pytest.mark.parametrize(
    ("unit", "short"),
    [
        ("xã Bạch Đích", "xã Bạch Đích"),
        ("phường Minh Xuân", "p.\u00a0Minh Xuân"),
        ("Phường 10", "p.\u00a010"),
        ("thị trấn Lăng Can", "tt.\u00a0Lăng Can"),
        ("thành phố Hà Giang", "tp.\u00a0Hà Giang"),
        ("đặc khu Vân Đồn", "đặc khu Vân Đồn"),
        ("Phường", "Phường"),
    ],
)
def test_the_kind_of_a_unit_is_shortened_and_its_name_never(unit, short):
    assert short_name(unit) == short


@pytest.mark.parametrize("name", [CENTRE.format("xã Lâm Bình"), "Bộ phận Một cửa Lâm Bình", "UBND XÃ LÂM BÌNH"])
def test_an_office_is_called_by_its_commune(name):
    assert short_names([office(name=name)]) == {1: "xã Lâm Bình"}


def test_an_office_that_does_not_name_its_commune_keeps_its_name():
    assert short_names([office(name="Trạm Y tế số 2")]) == {1: "Trạm Y tế số 2"}


def test_an_office_of_the_province_keeps_its_name():
    name = CENTRE.format("tỉnh Tuyên Quang")

    assert short_names([office(name=name, unit="tỉnh Tuyên Quang", kind="province", parent="")]) == {1: name}


def test_two_offices_in_one_commune_keep_their_names():
    names = [CENTRE.format("xã Lâm Bình"), "Trạm Y tế xã Lâm Bình"]

    assert short_names([office(id, name=name) for id, name in enumerate(names)]) == dict(enumerate(names))


def test_communes_of_one_name_are_distinguished_by_their_provinces():
    found = short_names([office(1, unit="xã Tân Tiến"), office(2, unit="xã Tân Tiến", parent="tỉnh Lạng Sơn")])

    assert found == {1: "xã Tân Tiến (tỉnh Tuyên Quang)", 2: "xã Tân Tiến (tỉnh Lạng Sơn)"}


units = st.sampled_from(["xã A", "xã B", "phường A", "thị trấn A"])
offices = st.builds(
    office,
    st.just(0),
    unit=units,
    name=st.sampled_from(["Một cửa xã A", "Một cửa A", "Một cửa xã B", "Một cửa phường A", "Khác"]),
    kind=st.sampled_from(["commune", "ward", "province"]),
    parent=st.sampled_from(["", "tỉnh X", "tỉnh Y"]),
)


@given(st.lists(offices, max_size=6, unique_by=lambda each: each.name))
def test_offices_of_different_names_have_different_short_names(many):
    found = short_names([each._replace(id=id) for id, each in enumerate(many)])

    assert len(set(found.values())) == len(many)
