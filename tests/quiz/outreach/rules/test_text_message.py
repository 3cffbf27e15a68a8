"""Text messages: parts of both alphabets, foreign addresses, the limit of a week."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.outreach.rules.text_message import (
    Alphabet,
    foreign_addresses,
    holds_dear_number,
    length_of,
    may_announce,
    without_marks,
    written_message,
)

NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "alphabet", "places", "parts"),
    [
        ("", "gsm", 0, 1),
        ("a" * 160, "gsm", 160, 1),
        ("a" * 161, "gsm", 161, 2),
        ("a" * 306, "gsm", 306, 2),
        ("a" * 307, "gsm", 307, 3),
        ("[" * 80, "gsm", 160, 1),
        ("a" * 152 + "[" * 5, "gsm", 162, 2),
        ("ă" * 70, "ucs2", 70, 1),
        ("ă" * 71, "ucs2", 71, 2),
        ("ă" * 134, "ucs2", 134, 2),
        ("ă" * 135, "ucs2", 135, 3),
        ("ă" * 66 + "🎉" * 34, "ucs2", 134, 3),
    ],
)
def test_a_message_has_the_parts_that_its_alphabet_gives(text, alphabet, places, parts):
    found = length_of(text)

    assert (found.alphabet, found.places, found.parts) == (Alphabet(alphabet), places, parts)


@given(st.text(st.characters(codec="utf-8"), max_size=400))
def test_places_without_the_gsm_alphabet_are_units_of_utf_16(text):
    found = length_of(text + "ế")

    assert found.places == len((text + "ế").encode("utf-16-le")) // 2
    assert -(-found.places // 67) <= max(found.parts, 2)


@given(st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệ ĐẠ.,", max_size=300))
def test_words_without_marks_take_as_many_letters_of_the_gsm_alphabet(text):
    plain = without_marks(text)

    assert (len(plain), length_of(plain).alphabet) == (len(text), Alphabet.GSM)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mời bà con thi trước 20.00 ngày 06.12.2026, hỏi ông A.", []),
        ("Vào bit.ly/x nhận quà", ["bit.ly/x"]),
        ("Vào HTTPS://evil.example/1 ngay", ["HTTPS://evil.example/1"]),
        ("www.abc", ["www.abc"]),
        ("tuan.Nay bà con nhớ", ["tuan.Nay"]),
        ("Câu 1. Ai? Câu 2. Ở đâu? v.v. Từ 8.30, 19.5.1890, điểm 9.5.", []),
    ],
)
def test_an_address_of_somebody_else_is_found(text, found):
    assert foreign_addresses(text) == found


@pytest.mark.parametrize(
    "address",
    [
        "t.me/qua",
        "x.com",
        "quà.vn",
        "nhận-thưởng.vn/1",
        "bit．ly/a",
        "bit。ly/a",
        "evil.c\u0323om",
        "a@b.vn",
        "8.8.8.8/a",
    ],
)
def test_an_address_of_one_letter_with_marks_or_of_other_dots_is_found_too(address):
    assert foreign_addresses(f"Nhận quà ở {address} ngay")


@pytest.mark.parametrize(
    ("text", "is_dear"),
    [("gọi 1900 6789", True), ("gọi 19006789.", True), ("gọi 1900.12 12", True), ("1900-1954, 1900 người", False)],
)
def test_a_number_that_costs_its_caller_money_is_found(text, is_dear):
    assert holds_dear_number(text) is is_dear


def test_every_message_says_how_to_get_no_more_and_holds_no_secret_address():
    words = {"link": "lam.vn/thi/x", "stop_link": "lam.vn/thi/x/thoi", "number": "482913"}

    marked = written_message("Đợt 3 đã mở", **words, is_plain=False, has_link=True)
    plain = written_message("Đợt 3 đã mở", **words, is_plain=True, has_link=False)

    assert marked == "Đợt 3 đã mở\nVào thi: lam.vn/thi/x\nThôi nhận tin: lam.vn/thi/x/thoi số 482913"
    assert plain == "Dot 3 da mo\nThoi nhan tin: lam.vn/thi/x/thoi so 482913"


def test_two_messages_go_out_within_seven_days_and_no_third():
    days = [NOW - timedelta(days=days) for days in (7, 6, 1)]

    assert may_announce(days[:2], NOW)
    assert not may_announce(days, NOW)
