"""Personal numbers that must not be in a comment."""

import re

HIDDEN = "(số đã ẩn)"
PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)|(?<!\d)\d{12}(?!\d)")
"""A Vietnamese telephone number in any spacing, or the twelve digits of an identity card."""


def hide_numbers(text: str) -> str:
    """Return *text* with every telephone or identity number hidden.

    >>> hide_numbers("Gọi tôi 0912 345 678 nhé")
    'Gọi tôi (số đã ẩn) nhé'
    """
    return PERSONAL_NUMBER.sub(HIDDEN, text)
