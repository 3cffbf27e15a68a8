"""Which of a contest's units a spelling means: certain or doubtful, never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commune.rules.unit_match import Former, Match, Matcher, NamedUnit, spelling_key

XUAN_LAP, LANG_CAN, XUAN_LAP_TOO, BINH_AN, SCHOOL = range(1, 6)
MATCHER = Matcher(
    [
        NamedUnit(XUAN_LAP, (("commune", "xã Xuân Lập"),), frozenset({"lam binh", "tuyen quang"})),
        NamedUnit(LANG_CAN, (("township", "thị trấn Lăng Can"), ("commune", "xã Lăng Can")), frozenset({"lam binh"})),
        NamedUnit(XUAN_LAP_TOO, (("township", "thị trấn Xuân Lập"),), frozenset({"tho xuan", "thanh hoa"})),
        NamedUnit(BINH_AN, (("commune", "xã Bình An"),), frozenset({"lam binh"})),
        NamedUnit(SCHOOL, (("school", "Trường Trung học cơ sở Lăng Can"),), frozenset({"lang can"})),
    ]
)


@pytest.mark.parametrize(
    ("spelled", "unit"),
    [
        ("xã Xuân Lập", XUAN_LAP),
        ("XÃ XUÂN LẬP", XUAN_LAP),
        ("UBND xã Xuân Lập", XUAN_LAP),
        ("TT. Xuân Lập", XUAN_LAP_TOO),
        ("Xuân Lập, huyện Lâm Bình", XUAN_LAP),
        ("Xuân Lập (Thọ Xuân, Thanh Hóa)", XUAN_LAP_TOO),
        ("binh an", BINH_AN),
        ("Bình An - Lâm Bình", BINH_AN),
        ("xã Lăng Can", LANG_CAN),
        ("TT Lăng Can", LANG_CAN),
        ("trường trung học cơ sở lăng can", SCHOOL),
    ],
)
def test_exact_spellings_are_certain(spelled, unit):
    assert MATCHER.match(spelled).unit == unit


@pytest.mark.parametrize(
    ("spelled", "candidates"),
    [
        ("Xuân Lập", (XUAN_LAP, XUAN_LAP_TOO)),
        ("phường Bình An", (BINH_AN,)),
        ("xã Bình Ann", (BINH_AN,)),
        ("xã Xuan Lâp, huyện Chiêm Hóa", (XUAN_LAP,)),
        ("Bình An, huyện Chiêm Hóa", (BINH_AN,)),
        ("Lăng Cán", None),
        ("Hà Nội", ()),
        ("", ()),
        ("…", ()),
    ],
)
def test_ambiguous_spellings_are_doubts(spelled, candidates):
    found = MATCHER.match(spelled)

    assert found == (Match(LANG_CAN) if candidates is None else Match(None, candidates))


@pytest.mark.parametrize(
    ("spelled", "candidates"),
    [
        ("Lom Benh", (1,)),
        ("Lom Benk", ()),
        ("Lo Binh", ()),
        ("Lam Bin", (1,)),
        ("Lam Binhhh", (1,)),
        ("Lam Binhhhh", ()),
        ("Binh Lam", ()),
        ("xLam Binh", (1,)),
        ("Bau Ho", (2,)),
        ("Bau Hi", ()),
        ("Ban H", (2,)),
        ("an Ho", (2,)),
    ],
)
def test_one_slip_makes_a_short_name_a_doubt_two_a_long_one(spelled, candidates):
    matcher = Matcher([NamedUnit(1, (("school", "Lâm Bình"),)), NamedUnit(2, (("school", "Bản Hồ"),))])

    assert matcher.match(spelled).candidates == candidates


def test_of_similar_names_the_nearest_is_offered_first():
    matcher = Matcher([NamedUnit(1, (("school", "Thượng Lâmmm"),)), NamedUnit(2, (("school", "Thượng Lâmm"),))])

    assert matcher.match("Thượng Lâm").candidates == (2, 1)


@pytest.mark.parametrize(
    ("spelled", "unit"),
    [("thành phố Huế", 1), ("TP Bắc Giang", 2), ("thành phố Xuân Lập", None), ("phường Bắc Giang", None)],
)
def test_a_city_is_only_a_province_or_a_district(spelled, unit):
    known = [("province", "tỉnh Huế"), ("district", "huyện Bắc Giang"), ("commune", "xã Xuân Lập")]
    matcher = Matcher([NamedUnit(id, (names,)) for id, names in enumerate(known, start=1)])

    assert matcher.match(spelled).unit == unit


def test_units_of_the_typed_kind_are_offered_first():
    kinds = ("township", "commune", "commune")
    matcher = Matcher([NamedUnit(id, ((kind, "Xuân Lập"),)) for id, kind in enumerate(kinds, start=1)])

    assert matcher.match("xã Xuân Lập").candidates == (2, 3, 1)


def test_all_units_of_the_name_are_offered_if_none_lies_there():
    assert MATCHER.match("Xuân Lập, huyện Na Hang") == Match(None, (XUAN_LAP, XUAN_LAP_TOO))


def test_a_spelling_is_remembered_without_its_case_and_with_its_marks():
    assert spelling_key(" XÃ Xuân  Lập") == spelling_key("xã xuân lập") != spelling_key("xa xuan lap")


@given(st.text(max_size=60))
def test_any_text_is_certain_or_a_doubt(spelled):
    found = MATCHER.match(spelled)

    assert found.unit is None or found.candidates == ()
    assert {found.unit, *found.candidates} <= {None, *range(1, 6)}


def test_a_former_unit_is_a_doubt_that_offers_its_successor():
    old, split = Former(("xã Phúc Yên",)), Former(("xã Hồng Quang", "xã Lục Hành"), is_split=True)
    matcher = Matcher(
        [
            NamedUnit(1, (("commune", "xã Lâm Bình"),), former=(old, split)),
            NamedUnit(2, (("commune", "xã Bình An"),), former=(split,)),
        ]
    )

    assert matcher.match("Phúc Yên") == Match(None, (1,), {1: old})
    assert matcher.match("xã Phúc Yên, huyện Lâm Bình") == Match(None, (1,), {1: old})
    assert matcher.match("luc hanh") == Match(None, (1, 2), {1: split, 2: split})
    assert matcher.match("xã Bình An").unit == 2
