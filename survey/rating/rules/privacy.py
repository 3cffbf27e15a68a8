"""Personal data that must not be in a comment: telephone and identity numbers, e-mail addresses."""

import re

from core.values.email import find_emails
from core.values.phone import find_phones, with_plain_digits

HIDDEN_NUMBER = "(số đã ẩn)"
HIDDEN_EMAIL = "(thư điện tử đã ẩn)"
_IDENTITY_CARD = re.compile(r"(?<!\d)(?:\d{12}|0\d{2}(?:[ .-]?\d{3}){3})(?!\d)")


def hide_personal(text: str) -> str:
    """Return *text* with every telephone number, identity number and e-mail address hidden.

    >>> hide_personal("Gọi tôi 0912 345 678 hoặc an@example.vn nhé")
    'Gọi tôi (số đã ẩn) hoặc (thư điện tử đã ẩn) nhé'
    """
    shown, at = [], 0
    for start, end, words in _found(text):
        if start >= at:
            shown += [text[at:start], words]
            at = end
    return "".join([*shown, text[at:]])


def is_personal(text: str) -> bool:
    """Whether *text* contains something that `hide_personal` hides."""
    return bool(_found(text))


def _found(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and replacement of each finding, in the order of the text."""
    numbers = [*find_phones(text), *(match.span() for match in _IDENTITY_CARD.finditer(with_plain_digits(text)))]
    found = [(start, end, HIDDEN_NUMBER) for start, end in numbers]
    return sorted(found + [(start, end, HIDDEN_EMAIL) for start, end in find_emails(text)])
