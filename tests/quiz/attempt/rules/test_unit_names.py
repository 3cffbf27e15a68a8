"""Units: one commune for every spelling of its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.place import place_key
from quiz.attempt.rules.unit_keys import near_keys, unit_keys
from quiz.attempt.rules.unit_names import group_units as group

SPELLINGS = st.dictionaries(st.text(max_size=12), st.integers(1, 9), max_size=8)


def group_units(spellings):
    return group(spellings, unit_keys(spellings))


@pytest.mark.parametrize(
    "typed",
    ["Xuân Lập", "xã Xuân Lập", "UBND xã Xuân Lập", "UBND Xã XUÂN LẬP", "xuan lap", "X. Xuân Lập", "Xã: Xuân-Lập"],
)
def test_a_commune_has_one_key_however_it_is_typed(typed: str) -> None:
    assert place_key(typed) == "xuan lap"


@pytest.mark.parametrize("typed", ["Thị trấn Lăng Can", "TT. Lăng Can", "TT Lăng Can", "P. Lăng Can"])
def test_the_kind_of_unit_is_no_part_of_the_key(typed: str) -> None:
    assert place_key(typed) == "lang can"


def test_a_name_that_is_only_a_kind_is_kept() -> None:
    assert (place_key("Xã"), place_key("Phú Xá"), place_key("")) == ("xa", "phu xa", "")


def test_the_most_frequent_spelling_is_shown() -> None:
    groups = group_units({"xa xuan lap": 3, "xã Xuân Lập": 5, "Phúc Yên": 1})

    assert [(group.shown, group.merged) for group in groups.values()] == [
        ("xã Xuân Lập", ("xa xuan lap",)),
        ("Phúc Yên", ()),
    ]


def test_case_and_tone_placement_are_no_other_reading() -> None:
    groups = group_units({"xã Hoà Bình": 2, "XÃ HÒA BÌNH": 1, "UBND xã Hoà Bình": 1})

    assert groups["hoa binh"].merged == ()


def test_a_town_and_a_commune_of_one_name_are_reported() -> None:
    groups = group_units({"xã Lăng Can": 2, "thị trấn Lăng Can": 1})

    assert groups["lang can"].merged == ("thị trấn Lăng Can",)


@given(SPELLINGS)
def test_every_spelling_has_a_group_and_the_shown_one_is_among_them(spellings: dict[str, int]) -> None:
    groups = group_units(spellings)

    keys = unit_keys(spellings)
    assert set(keys.values()) == set(groups)
    assert all(group.shown in spellings and keys[group.shown] == key for key, group in groups.items())


def test_a_unit_with_its_province_is_the_unit() -> None:
    keys = unit_keys({"xã Mẫu Sơn": 1, "xã Mẫu Sơn, tỉnh Thử": 1, "Mau Son - Thu": 1, "xã Mẫu Sơn (Thử)": 1})

    assert set(keys.values()) == {"mau son"}


def test_units_of_one_name_in_two_provinces_stay_apart() -> None:
    keys = unit_keys({"xã Mẫu Sơn, tỉnh Thử": 1, "xã Mẫu Sơn, tỉnh Khác": 1, "xã Mẫu Sơn": 1})

    assert sorted(keys.values()) == ["mau son", "mau son khac", "mau son thu"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mi duc", "my duc"),
        ("ea hleo", "eahleo"),
        ("dac lac", "dak lak"),
        ("cu m gar", "cumgar"),
        ("thuong mau", "thuog mau"),
    ],
)
def test_spellings_near_one_another_are_found(one: str, other: str) -> None:
    assert near_keys({one: 3, other: 1}) == {other: one}


@pytest.mark.parametrize(
    ("one", "other"),
    [("to dan pho 1", "to dan pho 2"), ("tan lap", "tan an"), ("lam binh", "thuong lam"), ("tho", "thu")],
)
def test_other_names_are_not_near(one: str, other: str) -> None:
    assert near_keys({one: 3, other: 1}) == {}
