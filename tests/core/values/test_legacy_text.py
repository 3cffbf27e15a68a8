"""Old encodings of Vietnamese are recognised and converted; Unicode stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.legacy_text import Legacy, convert, has_lost_letters, legacy_of

OLD = [
    (Legacy.TCVN3, "TrÇn V¨n Kh¸nh", "Trần Văn Khánh"),
    (Legacy.TCVN3, "§Æng ThÞ H­¬ng", "Đặng Thị Hương"),
    (Legacy.TCVN3, "TRÇN V¡N KH¸NH", "TRẦN VĂN KHÁNH"),
    (Legacy.TCVN3, "ph­êng Thñy V©n", "phường Thủy Vân"),
    (Legacy.VNI, "Traàn Vaên Khaùnh", "Trần Văn Khánh"),
    (Legacy.VNI, "Ñaëng Thò Höông", "Đặng Thị Hương"),
    (Legacy.VNI, "phöôøng Thuûy Vaân", "phường Thủy Vân"),
    (Legacy.TWICE, "Trần Văn Khánh".encode().decode("cp1252"), "Trần Văn Khánh"),
]


@pytest.mark.parametrize(("legacy", "old", "new"), OLD)
def test_an_old_encoding_is_recognised_and_converted(legacy, old, new):
    assert legacy_of([old, "An", "0987000001"]) is legacy
    assert convert(old, legacy) == new


NAMES = [
    "Trần Văn Khánh",
    "Hà Nội",
    "Lý Bé",
    "Đặng Thị Hương",
    "Hoà",
    "José María",
    "Ê Đê",
    "H’Hen Niê",
    "Café ®",
    "Bản Nà Tú",
]


@pytest.mark.parametrize("name", NAMES)
def test_unicode_is_no_old_encoding(name):
    assert legacy_of([name]) is None
    assert all(convert(name, legacy) == name for legacy in Legacy)


def test_cells_in_unicode_among_old_ones_stay():
    assert convert("Đặng Thị Hương", Legacy.TCVN3) == "Đặng Thị Hương"


@pytest.mark.parametrize(
    ("text", "lost"), [("Tr?n Văn Kh?nh", True), ("Kh\ufffdnh", True), ("Đúng không?", False), ("a? b", False)]
)
def test_letters_that_became_question_marks_are_found(text, lost):
    assert has_lost_letters(text) is lost


@given(st.lists(st.text(), max_size=5), st.sampled_from(Legacy))
def test_no_text_breaks_the_recognition_or_the_conversion(texts, legacy):
    legacy_of(texts)

    assert all(isinstance(convert(text, legacy), str) for text in texts)
