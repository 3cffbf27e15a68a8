"""Letters that only look like those of a keyboard, read as those."""

from __future__ import annotations

import re

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_ICELANDIC = {0xD0: "Đ", 0xF0: "đ"}
_CYRILLIC = dict(zip("АВСЕНавсе", "ABCEHabce", strict=True))
_ANY_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_TABLE = str.maketrans(_WIDE | _ICELANDIC)
_ALIKE = str.maketrans(_CYRILLIC)


def latin_letters(text: str) -> str:
    """Return a text with full-width letters narrowed, Ð as Đ, and Cyrillic letters as Latin ones that look the same.

    A text with other Cyrillic letters is Cyrillic and keeps them.

    >>> latin_letters("Ａ．Ðất, В. Đai"), latin_letters("Москва")
    ('A.Đất, B. Đai', 'Москва')
    """
    if text.isascii():
        return text
    plain = text.translate(_TABLE)
    alike = plain.translate(_ALIKE)
    return plain if _ANY_CYRILLIC.search(alike) else alike
