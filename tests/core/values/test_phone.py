"""Telephone numbers: every spelling of a number gives one string."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.phone import PhoneError, canonical, mask


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
