"""An office's own words on posters: used unchanged, or refused with a message per line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.counter.documents import BadWords, Words, read_words

GOOD = """# lời của cơ quan, người dịch: ...
Câu hỏi: [câu hỏi]
buoc-1: [một]
BUOC-2： [hai]
buoc 3: [ba: và hết]

cam-ket: [lời hứa]
"""


def complaint(text):
    with pytest.raises(BadWords) as raised:
        read_words(text if isinstance(text, bytes) else text.encode())
    return str(raised.value)


@pytest.mark.parametrize(
    "content", [GOOD.encode(), b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n").encode()]
)
def test_a_file_of_words_is_read_however_it_was_saved(content):
    assert read_words(content) == Words("[câu hỏi]", ("[một]", "[hai]", "[ba: và hết]"), "[lời hứa]")


def test_the_two_smaller_sentences_may_be_given_too():
    found = read_words(f"{GOOD}go-dia-chi: [gõ]\nkiem-tra: [mã]\n".encode())

    assert (found.typed, found.check) == ("[gõ]", "[mã]")


def test_missing_entries_are_named():
    assert complaint("buoc-1: a\nbuoc-2:\n") == (
        "Còn thiếu: cau-hoi, buoc-2, buoc-3, cam-ket. Mỗi mục một dòng, ví dụ “cau-hoi: …”."
    )


def test_every_mistake_is_reported_at_once_with_its_line():
    message = complaint(f"{GOOD}buoc-1: lại\nchao: x\nmột dòng không có gì\nkiem-tra: {'dài ' * 30}\n")

    assert message.splitlines() == [
        "Dòng 8: mục “buoc-1” đã có ở dòng trên.",
        "Dòng 9: không có mục “chao”. Các mục: cau-hoi, buoc-1, buoc-2, buoc-3, cam-ket, go-dia-chi, kiem-tra.",
        "Dòng 10: không có dấu hai chấm sau tên mục.",
        "Dòng 11: “kiem-tra” dài 119 chữ, trên tờ chỉ đủ chỗ cho 90.",
    ]


@pytest.mark.parametrize(
    ("said", "letters"), [("ខ្មែរ", "ខ ្ ម ែ រ"), ("漢字", "漢 字"), ("سلام", "س ل ا م"), ("👍 ok", "👍")]
)
def test_letters_missing_from_the_font_are_reported(said, letters):
    message = complaint(GOOD.replace("[một]", said))

    assert message == f"Dòng 3: phông chữ của tờ in không viết được: {letters} (chỉ viết được chữ Latinh)."


def test_letters_of_the_peoples_who_write_latin_are_taken():
    assert read_words(GOOD.replace("[một]", "ƀuôn čư ñ ĕ ŏ ŭ ƛ ŋ m̆").encode()).steps[0] == "ƀuôn čư ñ ĕ ŏ ŭ ƛ ŋ m̆"


def test_another_encoding_is_reported_with_how_to_save_it():
    assert "UTF-8" in complaint(GOOD.encode("utf-16"))


def test_a_book_is_refused():
    assert complaint(b"x" * 20_000) == "Tệp lời dài quá 10 KB. Mỗi dòng chỉ cần một câu ngắn."


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode(errors="replace")))
def test_any_file_is_read_or_reported(content):
    try:
        assert read_words(content).question
    except BadWords as error:
        assert str(error)
