"""Check the host of a survey: the committee directly above the rated office should not run it."""

from __future__ import annotations

import re

from core.values.place import kind_in, place_key, plain

_COMMITTEE = re.compile(r"(?:ubnd|uy ban nhan dan)(?: (?P<rest>.*))?")
_KINDS = frozenset({"", "xa", "phuong", "dac khu", "thi tran"})
_FURTHER = re.compile(r"[,;(–]")


def is_own_committee(host: str, unit: str) -> bool:
    """Whether *host* is the People's Committee of the *unit* that the rated office belongs to.

    Text after a comma (the province) is ignored; a committee without a name counts as the unit's own. An empty host is
    none.

    >>> is_own_committee("UBND xã Lâm Bình", "xã Lâm Bình"), is_own_committee("Ủy ban nhân dân xã", "xã Lâm Bình")
    (True, True)
    >>> is_own_committee("UBND tỉnh Tuyên Quang", "xã Lâm Bình"), is_own_committee("UBMTTQ xã Lâm Bình", "xã Lâm Bình")
    (False, False)
    """
    named = _FURTHER.split(host)[0]
    committee = _COMMITTEE.fullmatch(plain(named))
    if committee is None:
        return False
    if (committee["rest"] or "") in _KINDS:
        return True
    typed, is_a = kind_in(named), kind_in(unit)
    return place_key(named) == place_key(unit) and (typed is None or is_a is None or typed == is_a)
