"""Telephone numbers: every spelling of a number gives one string."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.phone import PhoneError, RoundedPhone, canonical, find_phones, mask


@pytest.mark.parametrize(
    "written",
    [
        "0912345678", "+84912345678", "84912345678", "0084912345678", "+84 (0)912 345 678", "84-0912345678",
        "0912.345.678", "(0912) 345-678", "０９１２３４５６７８", "912345678", "912345678.0", "9.12345678E8",
        "9,12345678E+08", "84912345678.0", "'0912345678", " 0912\u200b345\u00a0678 ", "0912–345–678",
    ],
)  # fmt: skip
def test_a_mobile_is_one_number_however_it_is_written(written: str) -> None:
    assert canonical(written) == "0912345678"


@pytest.mark.parametrize("written", ["0207 3822 345", "+84 207 3822345", "2073822345", "84-2073822345"])
def test_a_landline_has_eleven_digits(written: str) -> None:
    assert canonical(written) == "02073822345"


def test_nine_digits_beginning_with_84_are_a_mobile_without_its_zero() -> None:
    assert canonical("842345678") == "0842345678"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "Chưa có số điện thoại."),
        ("không có", "Số điện thoại chỉ gồm chữ số."),
        ("9.12E+08", "Số điện thoại đã bị Excel làm tròn; hãy nhập lại đủ các chữ số."),
        ("+1 202 555 0143", "Chỉ nhận số điện thoại Việt Nam (+84)."),
        ("09123456", "Số điện thoại chưa đúng: di động có 10 chữ số, cố định có 11 chữ số, bắt đầu bằng 0."),
        ("٠٩١٢٣٤٥٦٧٨", "Số điện thoại chỉ gồm chữ số."),
    ],
)
def test_a_wrong_number_is_refused_with_a_reason_people_understand(written: str, reason: str) -> None:
    with pytest.raises(PhoneError) as refused:
        canonical(written)

    assert str(refused.value) == reason


@pytest.mark.parametrize("written", ["8,49876E+10", "9,87654E+08", "9.8765432E8", "9E+08"])
def test_a_number_with_fewer_digits_than_its_exponent_needs_was_rounded(written: str) -> None:
    with pytest.raises(RoundedPhone):
        canonical(written)


@pytest.mark.parametrize("written", ["8,4987654321E+10", "9,87654321E+08", "9.87654321e8"])
def test_a_number_with_every_digit_that_its_exponent_needs_is_read(written: str) -> None:
    assert canonical(written) == "0987654321"


NUMBERS = [
    "(0987) 654 321",
    "0987–654–321",
    "0987 - 654 - 321",
    "0987\u2212654\u2212321",
    "０９８７ ６５４ ３２１",
    "(+84) 987 654 321",
    "+84-987-654-321",
    "0987/654/321",
    "0 9 8 7 6 5 4 3 2 1",
    "84 987 654 321",
    "0207 3822 345",
    "0⃣9⃣8⃣7⃣6⃣5⃣4⃣3⃣2⃣1⃣",
]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("sentence", ["{}", "Gọi tôi.{}", "số của em:{}, cảm ơn", "nộp ngày 05-06-2026 ({})"])
def test_a_number_among_words_is_found_however_it_is_written(number: str, sentence: str) -> None:
    found = [(sentence.format(number))[start:end] for start, end in find_phones(sentence.format(number))]

    assert len(found) == 1
    assert canonical(found[0].replace("⃣", "")) == canonical(number.replace("⃣", ""))


@pytest.mark.parametrize(
    "words",
    [
        "Tôi nộp ngày 07-08-2026 9h15",
        "nộp 07-08-2026 15h30",
        "lúc 15:30 07.08.2026 có 10 người",
        "07/08/2026 0915",
        "từ 0 - 300.000.000 đồng",
        "mã hồ sơ 000.00.12.H60-260605-0001",
        "biên bản 0912/BB-UBND",
        "",
    ],
)
def test_dates_amounts_and_document_numbers_are_no_telephone_numbers(words: str) -> None:
    assert find_phones(words) == []


@given(st.text(alphabet="0123456789+84.,Ee -()–/６") | st.text())
def test_what_is_found_lies_in_the_text_in_order(text: str) -> None:
    found = find_phones(text)

    assert found == sorted(found)
    assert all(0 <= start < end <= len(text) for start, end in found)


@pytest.mark.parametrize(("phone", "shown"), [("0912345678", "09xx xxx 678"), ("02073822345", "02xx xxxx 345")])
def test_a_published_number_shows_two_digits_before_and_three_after(phone: str, shown: str) -> None:
    assert mask(phone) == shown


@given(st.text(alphabet=st.characters(exclude_categories=[])) | st.text(alphabet="0123456789+84.,Ee -()"))
def test_any_text_is_a_canonical_number_or_refused(written: str) -> None:
    try:
        number = canonical(written)
    except PhoneError:
        return

    assert re.fullmatch(r"0[35789]\d{8}|02\d{9}", number)
    assert canonical(number) == number
