"""Suggest names of places for a search that found nothing."""

from collections.abc import Iterable

from core.values.place import place_key

LETTERS_PER_SLIP = 3
"""One slip is forgiven for so many letters: one in "lam", two in "lam binh"."""
MOST_SLIPS = 3
_LEAST, _FAR = 3, 1000
"""The letters of a word that says something, and the distance of what is not near."""


def nearest_names(typed: str, names: Iterable[str], *, limit: int = 3) -> list[str]:
    """Return the names of *names* that *typed* may mean, nearest first, at most *limit*; diacritics and xã, phường …
    are ignored.

    A name is near if few letters differ, then if one of its words begins with a typed word. Empty for text without a
    letter.

    >>> nearest_names("lan bin", ["xã Yên Minh", "xã Bình An", "xã Lâm Bình"])
    ['xã Lâm Bình', 'xã Bình An']
    >>> nearest_names("hue", ["xã Lâm Bình"]), nearest_names("?", ["xã Lâm Bình"])
    ([], [])
    """
    key = place_key(typed)
    if not key.strip("_ "):
        return []
    found = [(_distance(key, place_key(name)), order, name) for order, name in enumerate(names)]
    return [name for distance, _, name in sorted(found)[:limit] if distance < _FAR]


def _distance(key: str, name: str) -> int:
    """Return how far the key *name* is from the typed *key*: slips, or more where only words are shared."""
    most = min(MOST_SLIPS, max(1, len(key) // LETTERS_PER_SLIP))
    slips = slips_between(key, name, most)
    if slips <= most:
        return slips
    shared = [
        word for word in key.split() if len(word) >= _LEAST and any(each.startswith(word) for each in name.split())
    ]
    return _FAR - sum(map(len, shared))


def slips_between(one: str, other: str, most: int) -> int:
    """Return the number of letters to insert, remove or change from *one* to *other*, counted up to *most* + 1.

    >>> slips_between("lam bin", "lam binh", 2), slips_between("lam binh", "meo vac", 2)
    (1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        above, row = row, [at]
        for place, sought in enumerate(other, start=1):
            row.append(min(above[place] + 1, row[place - 1] + 1, above[place - 1] + (letter != sought)))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
