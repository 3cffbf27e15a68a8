"""Read a Vietnamese telephone number from the many ways people and spreadsheets write it."""

from __future__ import annotations

import re
import unicodedata

from core.values.text import N_, clean

_DASHES = "\\-‐‑‒–—―−⁃﹣－"
_PUNCTUATION = re.compile(rf"[\s.{_DASHES}()\[\]/_,'·•]")
_EXCEL_WHOLE = re.compile(r"(\d+)[.,]0+")
_EXCEL_SCIENTIFIC = re.compile(r"(\d(?:[.,]\d+)?)E\+?(\d{1,2})", re.IGNORECASE)
_CANONICAL = re.compile(r"0[35789][0-9]{8}|02[0-9]{9}")
_LONGEST = 40  # longer text is no telephone number
_BETWEEN = rf"[\s.{_DASHES}()\[\]/_,'·•\ufe0f\u20e3]"
_WRITTEN = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?:\(?\+?\s?84|\(?0(?!{_BETWEEN}{{3}}))(?:{_BETWEEN}{{0,3}}\d){{8,11}}(?!\d)"
)
_CLOSE = re.compile(rf"(?:\+?84|0)(?:[\s.{_DASHES}]?\d){{8,10}}")
"""A number in which at most one mark stands between two digits; it is one even if no network has it."""
_AS_DIGITS = str.maketrans("OoΟοОоlI|", "000000111")
_LOOK_ALIKE = re.compile(rf"(?<!\w)[0-9OoΟοОоlI|]+(?:{_BETWEEN}{{1,3}}[0-9OoΟοОоlI|]+)*(?!\w)")
"""Words of digits and of letters that look like them; a phone that is written so has more digits than letters."""
_FEWEST_DIGITS, _SHORTEST = 3, 9
_DATE = re.compile(
    rf"(?<!\d)(?:0?[1-9]|[12]\d|3[01])([{_DASHES}./])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d(?!\d|[{_DASHES}.]\d{{3}})"
)

_EMPTY = N_("Chưa có số điện thoại.")
_ROUNDED = N_("Số điện thoại đã bị Excel làm tròn; hãy nhập lại đủ các chữ số.")
_FOREIGN = N_("Chỉ nhận số điện thoại Việt Nam (+84).")
_LETTERS = N_("Số điện thoại chỉ gồm chữ số.")
_WRONG = N_("Số điện thoại chưa đúng: di động có 10 chữ số, cố định có 11 chữ số, bắt đầu bằng 0.")


class PhoneError(ValueError):
    """The text is no Vietnamese telephone number; the message gives the reason in Vietnamese."""


class RoundedPhone(PhoneError):
    """A spreadsheet rounded the number, as in 9,12E+08; the digits that it had are lost."""


def canonical(raw: str) -> str:
    """Return the number as 0xxxxxxxxx: 10 digits for a mobile, 11 for a landline (02…).

    Reads +84, 84, 0084, spaces, dots, dashes, brackets, full-width digits, and what Excel leaves of a number
    ("912345678", "912345678.0", "9.12345678E8" with every digit). Raises RoundedPhone on fewer digits, PhoneError on
    anything else, the empty text included.

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


def with_plain_digits(text: str) -> str:
    """Return *text*, as long as before, with full-width, circled and other digits as 0 to 9, and the letters O, l and I
    as 0 and 1 in words that have nothing but these and digits.

    >>> with_plain_digits("gọi O912OOO123 hay ０９l2 OOO 123, lì xì O nhé")
    'gọi 0912000123 hay 0912 000 123, lì xì O nhé'
    """
    if not text.isascii():
        text = "".join(str(unicodedata.digit(letter, letter)) for letter in text).replace("＋", "+")
    return _LOOK_ALIKE.sub(_in_digits, text)


def find_phones(text: str) -> list[tuple[int, int]]:
    """Return start and end of each telephone number among the words of *text*, however it is written.

    Brackets, dashes of every kind, spaced marks, full-width and circled digits are read; dates and document numbers are
    no telephone numbers. Empty in, empty out.

    >>> text = "gọi (0912) 000 001 hoặc 0988–123–456, nộp ngày 05-06-2026 9h15"
    >>> [text[start:end] for start, end in find_phones(text)]
    ['(0912) 000 001', '0988–123–456']
    """
    plain = with_plain_digits(text)
    plain = _DATE.sub(lambda date: "#" * len(date[0]), plain)
    found: list[tuple[int, int]] = []
    at = 0
    while match := _WRITTEN.search(plain, at):
        end = _end_of_phone(plain, *match.span())
        if end is not None:
            found.append((match.start(), end))
        at = end or match.start() + 1
    return found


def holds_mobile(text: str) -> bool:
    """Whether *text* contains a mobile number; a landline, such as an office's own, is none.

    >>> holds_mobile("gọi số 0988 123 456"), holds_mobile("biên bản 0912/BB-UBND ngày 05-06-2026, 08.12.2026")
    (True, False)
    """
    found = (_read(with_plain_digits(text[start:end])) for start, end in find_phones(text))
    return any(number is not None and not number.startswith("02") for number in found)


def mask(phone: str) -> str:
    """Return the number as it may be published: first two and last three digits.

    >>> mask("0912345678"), mask("02073822345")
    ('09xx xxx 678', '02xx xxxx 345')
    """
    return f"{phone[:2]}xx {'x' * (len(phone) - 7)} {phone[-3:]}"


def mask_unbroken(phone: str) -> str:
    r"""Return the masked number for running text: a line never ends inside it.

    >>> mask_unbroken("0912345678")
    '09xx\xa0xxx\xa0678'
    """
    return mask(phone).replace(" ", "\N{NO-BREAK SPACE}")


def _end_of_phone(plain: str, start: int, end: int) -> int | None:
    """Return the end of the longest telephone number that begins at *start*: other digits may follow it."""
    ends = (
        at
        for at in range(end, start + _SHORTEST - 1, -1)
        if plain[at - 1].isdigit() and not plain[at : at + 1].isdigit()
    )
    return next((at for at in ends if _is_phone(plain[start:at])), None)


def _in_digits(words: re.Match[str]) -> str:
    """Return words of digits and letters like them in digits, if they have digits enough for a telephone number."""
    return words[0].translate(_AS_DIGITS) if sum(map(str.isdigit, words[0])) >= _FEWEST_DIGITS else words[0]


def _is_phone(written: str) -> bool:
    return _read(written) is not None or _CLOSE.fullmatch(written) is not None


def _read(written: str) -> str | None:
    try:
        return canonical(re.sub("[\ufe0f\u20e3]", "", written))
    except PhoneError:
        return None


def _undo_excel(text: str) -> str:
    whole = _EXCEL_WHOLE.fullmatch(text)
    if whole and len(whole.group(1)) >= 9:
        return whole.group(1)
    scientific = _EXCEL_SCIENTIFIC.fullmatch(text)
    if scientific is None:
        return text
    digits, exponent = re.sub("[.,]", "", scientific.group(1)), int(scientific.group(2))
    if len(digits) != exponent + 1:
        raise RoundedPhone(_ROUNDED)
    return digits


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


def dialled(written: str) -> str:
    """Return what a telephone dials for a number as it is written: its digits, and a leading plus.

    >>> dialled("0207 000 0000"), dialled("+84 207.000.0000")
    ('02070000000', '+842070000000')
    """
    return re.sub(r"(?!^\+)\D", "", written.strip())
