"""Short names of units and offices, for lists, charts and maps; the full name stays in the title."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from core.values.place import place_key, plain

_SHORT = {"phường": "p.", "thị trấn": "tt.", "thị xã": "tx.", "thành phố": "tp."}
_KINDS = (*_SHORT, "xã", "đặc khu", "tỉnh")
_SERVED = frozenset({"commune", "ward", "township", "special"})
"""The kinds of units that have one office each as a rule, which people call by the unit's name."""


class NamedOffice(NamedTuple):
    """An office and the unit where it is located, with the unit's kind and its parent's name."""

    id: int
    name: str
    unit: str
    kind: str
    parent: str = ""


def short_name(unit: str) -> str:
    r"""Return the name of a unit with its kind in short: xã stays, since it is short already.

    >>> short_name("xã Bạch Đích"), short_name("phường Minh Xuân"), short_name("thị trấn Lăng Can")
    ('xã Bạch Đích', 'p.\xa0Minh Xuân', 'tt.\xa0Lăng Can')
    >>> short_name("đặc khu Phú Quốc"), short_name("phường"), short_name("")
    ('đặc khu Phú Quốc', 'phường', '')
    """
    for kind, short in _SHORT.items():
        if unit.casefold().startswith(f"{kind} "):
            return f"{short}\u00a0{unit[len(kind) + 1 :]}"
    return unit


def split_kind(short: str) -> tuple[str, str]:
    """Return a short name as "xã " and the rest, where it begins so: a narrow page may leave out the first part.

    >>> split_kind("xã Lâm Bình"), split_kind("p. Minh Xuân")
    (('xã ', 'Lâm Bình'), ('', 'p. Minh Xuân'))
    """
    return ("xã ", short[3:]) if short.startswith("xã ") else ("", short)


def proper_name(unit: str) -> str:
    """Return the name of a unit without its kind, as people type it.

    >>> proper_name("xã Lâm Bình"), proper_name("phường 10"), proper_name("Lâm Bình")
    ('Lâm Bình', '10', 'Lâm Bình')
    """
    for kind in _KINDS:
        if unit.casefold().startswith(f"{kind} "):
            return unit[len(kind) + 1 :]
    return unit


def short_names(offices: Sequence[NamedOffice]) -> dict[int, str]:
    """Return a short name for each of *offices*, all different where their full names are.

    An office is called by the commune where it is located if its own name says so: "Trung tâm Phục vụ hành chính công
    xã Lâm Bình" is "xã Lâm Bình". Two communes of one name are distinguished by their province; offices that would
    still share a name, and all others, keep the full one.
    """
    first = {each.id: _of_unit(each) for each in offices}
    counts = Counter(first.values())
    second = {
        each.id: f"{first[each.id]} ({each.parent})" if counts[first[each.id]] > 1 and each.parent else first[each.id]
        for each in offices
    }
    counts = Counter(second.values())
    return {each.id: second[each.id] if counts[second[each.id]] == 1 else each.name for each in offices}


def _of_unit(office: NamedOffice) -> str:
    """Return the short name of the unit, or the office's full name if that does not name the unit."""
    names_it = f" {place_key(office.unit)} " in f" {plain(office.name)} "
    return short_name(office.unit) if office.kind in _SERVED and names_it else office.name
