"""Vietnamese text for storage, matching, search and sorting."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.text import N_, clean, fold, search_key, sort_key

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=[]))
PLAIN = "abzAĐđÀÖØßöøÿĀŀŉſƠơƯưẠấỳỹỷQUÝqúytTHỦYìỊ"
SYLLABLES = st.text(alphabet="aăâeêioôơuưybcdđghklmnpqrstvxàáảãạèéẻẽẹỳýỷỹỵòóỏõọùúủũụ ", max_size=20)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("Nguye\u0302\u0303n Va\u0306n A", "Nguyễn Văn A"),
        ("Lò\u200bThị\ufeff Pó\u202e", "LòThị Pó"),
        ("  Giàng\t\tA \r\n Páo\u00a0", "Giàng A Páo"),
        ("H\x00oa\x1b[31m", "Hoa[31m"),
        ("Hơ\ud800 Rin", "Hơ Rin"),
        ("ㅤ\u3164", "ㅤ".replace("\u3164", "")),
        ("", ""),
    ],
)
def test_text_is_stored_composed_and_without_anything_invisible(raw: str, stored: str) -> None:
    assert clean(raw) == stored


def test_highland_letters_survive_cleaning() -> None:
    name = "Y Ƀhŏk Niê Kdăm, H’Ñuôl Êban, Hạng A Pluôž"

    assert clean(name) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà", "Hòa"),
        ("THUÝ", "thúy"),
        ("Qúy", "Quý"),
        ("Gìa", "Già"),
        ("Hòan", "Hoàn"),
        ("Nguỹên", "Nguyễn"),
        ("Hùynh", "Huỳnh"),
        ("ＬＡＮ", "Lan"),
        ("Trần  Thị\u200b Hoa", "trần thị hoa"),
    ],
)
def test_two_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Hoa", "Hòa"), ("Đức", "Dức"), ("Bàn", "Bân"), ("mía", "miá ")])
def test_folding_keeps_the_marks_that_distinguish_names(one: str, other: str) -> None:
    same = one == "mía"

    assert (fold(one) == fold(other)) is same


def test_a_folded_name_equals_that_of_the_old_rule() -> None:
    assert fold("Nguyễn Thị THUÝ Hoài QÚY") == "nguyễn thị thúy hoài quý"


def test_search_ignores_marks_case_and_the_bar_of_đ() -> None:
    assert search_key("Đặng  Thị Thuý") == "dang thi thuy"


def test_names_sort_by_given_name_then_family_name_in_vietnamese_order() -> None:
    names = ["Lê Đào", "Vũ Dung", "Bùi Ân", "Đỗ An", "Cao An", "Hà Ánh", "Hà Ăn", "Lý Ản", "Lý Àn"]

    assert sorted(names, key=sort_key) == [
        "Cao An", "Đỗ An", "Lý Àn", "Lý Ản", "Hà Ánh", "Hà Ăn", "Bùi Ân", "Vũ Dung", "Lê Đào",
    ]  # fmt: skip


def test_the_translators_mark_changes_nothing() -> None:
    assert N_("Đơn vị") == "Đơn vị"


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    once = clean(raw)

    assert clean(once) == once


@given(ANY_TEXT)
def test_cleaned_text_can_always_be_stored(raw: str) -> None:
    stored = clean(raw)

    assert stored.encode().decode() == stored == unicodedata.normalize("NFC", stored)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in stored)


@given(SYLLABLES)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(SYLLABLES)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_no_text_breaks_folding_searching_or_sorting(raw: str) -> None:
    assert all(isinstance(key(raw), str) for key in (fold, search_key, sort_key))


@given(SYLLABLES)
def test_search_keys_of_vietnamese_are_plain_ascii(text: str) -> None:
    assert search_key(text).isascii()


@pytest.mark.parametrize("between", ["", "\u200d", "\u034f"])
def test_stacked_marks_are_cut_to_the_number_a_letter_can_have(between):
    heap = "a" + ("\u0315\u0300\u05ae\u0323" * 7 + between) * 50

    assert len(clean(heap)) <= 31


@given(st.lists(st.text(PLAIN, min_size=1, max_size=8), min_size=1, max_size=4).map(" ".join))
def test_the_search_key_of_plain_words_is_that_of_the_whole_text(text: str) -> None:
    assert search_key(text) == search_key(f"{text}\u200b")  # with an invisible letter it is taken as a whole
