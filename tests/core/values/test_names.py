"""Names of people: which letters they have, and when two spellings are one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.names import APOSTROPHES, clean_name, name_key, odd_letter
from core.values.text import fold


@pytest.mark.parametrize("apostrophe", [*APOSTROPHES, "’ ", "' "])
def test_every_apostrophe_counts_as_nothing(apostrophe):
    assert name_key(f"H{apostrophe}Hen Niê") == name_key("HHen Niê")


@pytest.mark.parametrize("name", ["ĐẶNG THỊ MẪU", "Ðặng Thị Mẫu", "đặng  thị mẫu", "Ɖặng Thị Mẫu", "Đặng Thị Mẫu."])
def test_letters_that_look_alike_are_one_name(name):
    assert name_key(name) == name_key("Đặng Thị Mẫu")


@pytest.mark.parametrize(("one", "other"), [("Lò Thị Mẫu", "Lò Thị Mậu"), ("H'Hen", "H'Hên"), ("Lò A", "Lò B")])
def test_marks_and_letters_keep_names_apart(one, other):
    assert name_key(one) != name_key(other)


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềửữựíìỉĩị AĐÊÔƠƯ ", max_size=30))
def test_a_name_of_letters_alone_keeps_the_hash_that_it_had(name):
    assert name_key(name) == fold(name)


@given(st.text())
def test_folding_a_name_twice_is_folding_it_once(name):
    assert name_key(name_key(name)) == name_key(name)


@pytest.mark.parametrize("name", ["Y Mẫu Êban", "H’Bĭa Êñuôl", "Giàng A Páo", "Kpă Ƀlơ", "Tráng Lỗ Chư", "Ý"])
def test_names_of_all_peoples_in_latin_letters_are_names(name):
    assert odd_letter(clean_name(name)) is None


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        ("Lò Thị Mẫu 2", "2"),
        ("Lò-Thị", "-"),
        ("Lò T. Mẫu", "."),
        ("Lò Вăn", "В"),
        ("Αn", "Α"),
        ("An<b>", "<"),
        ("٣", "٣"),
    ],
)
def test_the_first_character_that_no_name_has_is_named(name, odd):
    assert odd_letter(clean_name(name)) == odd
