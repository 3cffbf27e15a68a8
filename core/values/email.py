"""Find e-mail addresses among words."""

from __future__ import annotations

import re

_AT = r"\s?(?:@|＠|﹫|\(at\)|\[at\]|\(a còng\))\s?"
_OF_A_NAME = r"[\w.+%-]"
_NAME = rf"(?:(?<!{_OF_A_NAME}){_OF_A_NAME}++|[+%]{_OF_A_NAME}{{0,63}}+)"
"""A whole word, or what follows an address directly. Never begun within a word, nor gone back in, so that the time
grows with the text and no faster.
"""
_ADDRESS = re.compile(rf"{_NAME}{_AT}[\w-]++(?:\s?[.．]\s?[\w-]++)+", re.IGNORECASE)


def find_emails(text: str) -> list[tuple[int, int]]:
    """Return start and end of each e-mail address in *text*. Empty in, empty out.

    >>> text = "viết cho an.nguyen@example.vn hoặc binh (at) example . vn nhé"
    >>> [text[start:end] for start, end in find_emails(text)]
    ['an.nguyen@example.vn', 'binh (at) example . vn']
    """
    return [match.span() for match in _ADDRESS.finditer(text)]
