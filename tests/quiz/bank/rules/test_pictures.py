"""Marks of pictures in the texts of questions."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.rules.parsed import PictureRef
from quiz.bank.rules.pictures import FoundPictures, KnownPictures, fitted
from quiz.bank.rules.text_form import questions_as_text, read_text

DIGEST, OTHER = "3f2a9c41" * 8, "0badcafe" * 8
KNOWN = KnownPictures({DIGEST, OTHER})


def text(stem="Đây là gì?", a="Trống", b="Chiêng"):
    return f"{stem}\n*A. {a}\nB. {b}"


def test_marks_become_pictures_of_questions_and_choices():
    parsed = read_text(
        text(stem=f"Đây là gì? [hình {DIGEST[:16]}: A. Trống: Đáp án: B]", b=f"[hình {OTHER[:16]}: Chiêng]"), KNOWN
    )

    (question,) = parsed.questions
    assert (parsed.errors, question.text) == ([], "Đây là gì?")
    assert question.pictures == (("", PictureRef(DIGEST, "A. Trống: Đáp án: B")), ("B", PictureRef(OTHER, "Chiêng")))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_the_text_to_edit_reads_back_with_its_pictures(words):
    (question,) = read_text(text(stem=f"Gì? [hình {DIGEST}: x]"), KNOWN).questions
    written = questions_as_text([question]).replace(": x]", f": {words.replace('[', '(').replace(']', ')')}]")

    (read,) = read_text(written, KNOWN).questions

    assert (read.text, read.image.digest, len(read.choices), read.key) == ("Gì?", DIGEST, 2, question.key)


@pytest.mark.parametrize("mark", ["[hình 11111111: x]", f"[hình {DIGEST[:8]}9: x]", f"[hình {DIGEST[:8]}: x]"])
def test_a_mark_of_an_unknown_picture_or_of_two_is_an_error(mark):
    alike = KnownPictures({DIGEST, OTHER, DIGEST[:8] + OTHER[8:]})

    (problem,) = read_text(text(stem=f"Gì? {mark}"), alike).errors

    assert "không có hình" in problem.reason.values["reason"].wording


def test_a_picture_without_words_is_an_error():
    (problem,) = read_text(text(b=f"[hình {DIGEST[:16]}]"), KNOWN).errors

    assert "chưa có lời mô tả" in problem.reason.values["reason"].wording


def test_a_second_picture_in_a_place_is_reported():
    parsed = read_text(text(stem=f"Gì? [hình {DIGEST[:16]}: x] [hình {OTHER[:16]}: y]"), KNOWN)

    assert parsed.questions[0].image == PictureRef(DIGEST, "x")
    assert [each.reason.values["reason"].wording[:13] for each in parsed.warnings] == ["có nhiều hình"]


def test_words_in_brackets_are_no_mark():
    (question,) = read_text(text(stem="Xem [hình 1] và [hình vẽ]?")).questions

    assert (question.text, question.image) == ("Xem [hình 1] và [hình vẽ]?", None)


def test_marks_that_never_end_are_read_in_time():
    begun = "[hình 3f2a9c41: " * 10_000
    before = perf_counter()

    assert FoundPictures().hide(begun) == begun
    assert perf_counter() - before < 1


def test_a_file_keeps_the_same_picture_once():
    found = FoundPictures()

    marks = [found.mark(b"a", "x"), found.mark(b"a", "y")]

    assert (len(found.files), marks[0][-3:], marks[1][-3:], found.words) == (1, ".0]", ".1]", ["x", "y"])


@given(st.integers(1, 1280), st.integers(1, 1280), st.booleans())
def test_a_picture_is_shown_in_its_shape_and_never_larger(width, height, is_choice):
    wide, high = fitted(width, height, is_choice=is_choice)

    assert (wide <= min(width, 640), high <= min(height, 420)) == (True, True)
    assert abs(wide * height - high * width) <= max(width, height)
