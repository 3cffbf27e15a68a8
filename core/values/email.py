"""Find e-mail addresses among words."""

from __future__ import annotations

import re

_AT = r"\s?(?:@|＠|﹫|\(at\)|\[at\]|\(a còng\))\s?"
_ADDRESS = re.compile(rf"[\w.+%-]+{_AT}[\w-]+(?:\s?[.．]\s?[\w-]+)+", re.IGNORECASE)


def find_emails(text: str) -> list[tuple[int, int]]:
    """Return start and end of each e-mail address in *text*. Empty in, empty out.

    >>> text = "viết cho an.nguyen@example.vn hoặc binh (at) example . vn nhé"
    >>> [text[start:end] for start, end in find_emails(text)]
    ['an.nguyen@example.vn', 'binh (at) example . vn']
    """
    return [match.span() for match in _ADDRESS.finditer(text)]
