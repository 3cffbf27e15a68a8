"""Stored Vietnamese sentences, said in the language of the reader."""

import re

import pytest

import app  # noqa: F401 - every room registers its wordings
from core.kept_sentences import Quoted, Speaker, say_kept
from core.translation import translate
from core.values.kept import kept_wordings
from core.values.language import use

PLACE = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("Yêu cầu số 15 về thông tin cá nhân", "Request no. 15 about personal data"),
        ("Tiếp nhận: Sửa thông tin ghi sai (Qua điện thoại)", "Received: Correct wrong data (By phone)"),
        ("Tuần 1, Chung tay, góp sức", "Week 1, Chung tay, góp sức"),
        ("Bài hạng 3, Tuần 2, Chung tay", "Paper at rank 3, Week 2, Chung tay"),
        ("Quầy 5, Trung tâm xã Côn Lôn", "Counter 5, Trung tâm xã Côn Lôn"),
        ("Đã nhập 1 lượt đánh giá vào quầy 2.", "1 rating imported into counter 2."),
        ("Rút lại sự đồng ý; bỏ người đã xác định", "Withdraw consent; drop the identified person"),
        ("Tuần %(number)s, 100 % số bài", "Week %(number)s, 100 % số bài"),
    ],
)
def test_a_stored_sentence_is_said_in_english(stored, said):
    with use("en"):
        assert say_kept(stored) == said


@pytest.mark.parametrize("name", ["xã Lâm Bình", "thôn Bản Luông", "Chung tay cải cách, hành chính", "", "5"])
def test_a_name_stays_as_it_was_written(name):
    with use("en"):
        assert say_kept(name) == name


def test_the_words_that_a_person_wrote_are_quoted_word_for_word():
    message = "Đợt 2 đã mở, mời bà con dự thi"

    with use("en"):
        assert (say_kept(Quoted(message)), say_kept(message) == message) == (message, False)


def test_in_vietnamese_a_stored_sentence_is_not_touched():
    assert say_kept("Tuần 1, Chung tay") == "Tuần 1, Chung tay"


def test_names_in_a_sentence_are_said_by_the_page():
    with use("en"):
        assert say_kept("Tuần 1, Chung tay", Speaker(value=str.upper)) == "Week 1, CHUNG TAY"


def test_each_kept_wording_is_recognised_again_with_its_values():
    """Two wordings that begin alike would be said wrong: each is filled with words and found again."""
    with use("en"):
        wrong = [text for text in kept_wordings() if "%(" in text and not _is_found(text)]

    assert not wrong


def _is_found(wording):
    names = PLACE.findall(wording)
    filled = wording % {name: f"Xyz{at}" for at, name in enumerate(names)}
    has_words = any(letter.isalpha() for letter in PLACE.sub("", wording))
    said = say_kept(filled)
    return all(f"Xyz{at}" in said for at in range(len(names))) and (said != filled) == (
        has_words and translate(wording) != wording
    )
