"""Read a Vietnamese telephone number from the many ways people and spreadsheets write it."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from core.values.text import N_, clean

_PUNCTUATION = re.compile(r"[\s.\-‐‑‒–—()\[\]/_,']")
_EXCEL_WHOLE = re.compile(r"(\d+)[.,]0+")
_EXCEL_SCIENTIFIC = re.compile(r"(\d[.,]\d+)E\+?(\d{1,2})", re.IGNORECASE)
_CANONICAL = re.compile(r"0[35789][0-9]{8}|02[0-9]{9}")
_AMONG_WORDS = re.compile(r"(?<!\d)(?:\+?84 ?|0)[35789]\d{1,2}(?:[ .-]?\d{3}){2}\d?(?!\d)")
_LONGEST = 40  # longer text is no telephone number
_DECIMALS_KEPT = 5  # with fewer decimals Excel has rounded the number

_EMPTY = N_("Chưa có số điện thoại.")
_ROUNDED = N_("Số điện thoại đã bị Excel làm tròn; hãy nhập lại đủ các chữ số.")
_FOREIGN = N_("Chỉ nhận số điện thoại Việt Nam (+84).")
_LETTERS = N_("Số điện thoại chỉ gồm chữ số.")
_WRONG = N_("Số điện thoại chưa đúng: di động có 10 chữ số, cố định có 11 chữ số, bắt đầu bằng 0.")


class PhoneError(ValueError):
    """The text is no Vietnamese telephone number; the message gives the reason in Vietnamese."""


def canonical(raw: str) -> str:
    """Return the number as 0xxxxxxxxx: 10 digits for a mobile, 11 for a landline (02…).

    Reads +84, 84, 0084, spaces, dots, dashes, brackets, full-width digits, and what Excel leaves of a number
    ("912345678", "912345678.0", "9.12345678E8"). Raises PhoneError on anything else, the empty text included.

    >>> canonical("+84 (0)912.345.678"), canonical("9.12345678E8")
    ('0912345678', '0912345678')
    """
    text = unicodedata.normalize("NFKC", clean(raw)) if len(raw) <= 4 * _LONGEST else raw
    if not text:
        raise PhoneError(_EMPTY)
    if len(text) > _LONGEST:
        raise PhoneError(_WRONG)
    digits = _PUNCTUATION.sub("", _undo_excel(text))
    number = "0" + _national(digits)
    if not _CANONICAL.fullmatch(number):
        raise PhoneError(_WRONG)
    return number


def holds_mobile(text: str) -> bool:
    """Whether *text* contains a mobile number, in one piece or in groups of three and four; dates and document numbers
    are none.

    >>> holds_mobile("gọi số 0988 123 456"), holds_mobile("biên bản 0912/BB-UBND ngày 05-06-2026, 08.12.2026")
    (True, False)
    """
    return _AMONG_WORDS.search(text) is not None


def mask(phone: str) -> str:
    """Return the number as it may be published: first two and last three digits.

    >>> mask("0912345678"), mask("02073822345")
    ('09xx xxx 678', '02xx xxxx 345')
    """
    return f"{phone[:2]}xx {'x' * (len(phone) - 7)} {phone[-3:]}"


def _undo_excel(text: str) -> str:
    whole = _EXCEL_WHOLE.fullmatch(text)
    if whole and len(whole.group(1)) >= 9:
        return whole.group(1)
    scientific = _EXCEL_SCIENTIFIC.fullmatch(text)
    if scientific is None:
        return text
    mantissa, exponent = scientific.group(1).replace(",", "."), int(scientific.group(2))
    value = Decimal(mantissa).scaleb(exponent)
    if len(mantissa) - 2 < _DECIMALS_KEPT or value != value.to_integral_value():
        raise PhoneError(_ROUNDED)
    return str(int(value))


def _national(digits: str) -> str:
    """Return the number without country code and leading zero."""
    abroad = digits.startswith("+") or (digits.startswith("00") and not digits.startswith("0000"))
    digits = digits.removeprefix("+").removeprefix("00")
    if not (digits.isascii() and digits.isdigit()):
        raise PhoneError(_LETTERS)
    if abroad and not digits.startswith("84"):
        raise PhoneError(_FOREIGN)
    # Nine digits "84xxxxxxx" are a mobile number 084… whose zero Excel removed, not a country code.
    if abroad or (digits.startswith("84") and len(digits) >= 11):
        digits = digits.removeprefix("84")
    return digits.removeprefix("0")
