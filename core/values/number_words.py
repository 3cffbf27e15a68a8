"""Whole numbers in Vietnamese words, as amounts are written on papers of money."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000


def number_words(number: int) -> str:
    """Return a number from 0 on in words. Raises ValueError below 0.

    >>> number_words(1_550_000), number_words(2_000_105)
    ('một triệu năm trăm năm mươi nghìn', 'hai triệu không nghìn một trăm lẻ năm')
    >>> number_words(21), number_words(1_000_000_000), number_words(0)
    ('hai mươi mốt', 'một tỷ', 'không')
    """
    if number < 0:
        raise ValueError("a number below 0 has no words here")
    if number >= _BILLION:
        whole, rest = divmod(number, _BILLION)
        return f"{number_words(whole)} tỷ" + (f" {_below_billion(rest, is_first=False)}" if rest else "")
    return _below_billion(number, is_first=True) if number else _DIGITS[0]


def _below_billion(number: int, *, is_first: bool) -> str:
    """Return a number below a billion in groups of three digits; those before the first that counts are left out."""
    words: list[str] = []
    for at in (2, 1, 0):
        group = number // 1000**at % 1000
        rest = number % 1000 ** (at + 1)
        is_begun = bool(words) or not is_first
        if group:
            words += [_below_thousand(group, is_full=is_begun), _SCALES[at]]
        elif is_begun and rest and at:
            words += [_DIGITS[0], _SCALES[at]]
    return " ".join(word for word in words if word)


def _below_thousand(number: int, *, is_full: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or is_full else []
    tens, ones = divmod(rest, 10)
    if tens == 1:
        words.append("mười")
    elif tens:
        words.append(f"{_DIGITS[tens]} mươi")
    elif ones and words:
        words.append("lẻ")
    if ones:
        words.append(_last(ones, tens))
    return " ".join(words)


def _last(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    return "lăm" if ones == 5 and tens else _DIGITS[ones]
