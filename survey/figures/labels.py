"""Vietnamese labels for trends and lists of offices."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from commune.rules.directory import is_city_name
from core.translation import gettext
from core.values.dates import month_short
from core.values.numbers import percent
from core.values.text import N_
from survey.figures.rules.spread import ListFinding, Spread
from survey.figures.rules.trend import MonthPoint

NO_FIGURES = {True: N_("Chưa hết tuần đầu tiên"), False: N_("Chưa nơi nào đủ 5 lượt để công bố")}
"""The title of a list of offices without figures, by whether all of them are in their first week."""
UNCOMPARED = N_("Đã có số liệu của %(shown)s nơi")
"""The title where nothing is compared."""
_NEAR = {
    ListFinding.NEARLY_ALL_NEAR: (
        N_("Hầu hết %(places)s chưa khác rõ %(level)s; %(lower)s nơi thấp hơn rõ"),
        N_("Hầu hết %(places)s chưa khác rõ %(level)s; %(higher)s nơi cao hơn rõ"),
    ),
    ListFinding.MOST_NEAR: (
        N_("Hơn nửa số %(places)s chưa khác rõ %(level)s; %(lower)s nơi thấp hơn rõ"),
        N_("Hơn nửa số %(places)s chưa khác rõ %(level)s; %(higher)s nơi cao hơn rõ"),
    ),
}
"""The finding where some offices are clearly lower, and where some are only higher."""
_APART = {
    (True, True): N_("%(higher)s nơi cao hơn rõ %(level)s, %(lower)s nơi thấp hơn rõ"),
    (True, False): N_("%(higher)s nơi cao hơn rõ %(level)s"),
    (False, True): N_("%(lower)s nơi thấp hơn rõ %(level)s"),
}
"""The same by whether any is higher, and whether any is lower."""


def list_finding(spread: Spread) -> str:
    """Return the title of a list of offices that are compared, to be formatted with *places*, *level*, *higher* and
    *lower*.
    """
    finding = spread.finding
    if finding is ListFinding.ALIKE:
        return N_("Chưa nơi nào khác rõ %(level)s")
    if finding in _NEAR:
        return _NEAR[finding][not spread.lower]
    return _APART[bool(spread.higher), bool(spread.lower)]


def changes_finding(spread: Spread) -> str:
    """Return the title of the same list by how the offices have changed, to be formatted with *higher* and *lower*."""
    if not spread.higher and not spread.lower:
        return (
            N_("6 tháng gần đây so với 6 tháng trước: chưa nơi nào đổi rõ")
            if spread.unclear
            else N_("Chưa nơi nào đủ lượt để so")
        )
    return {
        (True, True): N_("6 tháng gần đây so với 6 tháng trước: %(higher)s nơi tăng rõ, %(lower)s nơi giảm rõ"),
        (True, False): N_("6 tháng gần đây so với 6 tháng trước: %(higher)s nơi tăng rõ, không nơi nào giảm rõ"),
        (False, True): N_("6 tháng gần đây so với 6 tháng trước: %(lower)s nơi giảm rõ, không nơi nào tăng rõ"),
    }[bool(spread.higher), bool(spread.lower)]


class NamedProvince(Protocol):
    """A province, or its figures."""

    @property
    def name(self) -> str:
        """Its name: "tỉnh Tuyên Quang"."""
        ...


def is_city(province: NamedProvince | None) -> bool:
    """Whether *province* is a city that is governed as one."""
    return province is not None and is_city_name(province.name)


def level_of(province: NamedProvince | None) -> str:
    """Return what the offices of *province* are compared with."""
    return N_("mức của thành phố") if is_city(province) else N_("mức của tỉnh")


def reference_of(province: NamedProvince | None) -> str:
    """Return the name of the line that all offices of *province* together are drawn as."""
    return N_("thành phố") if is_city(province) else N_("tỉnh")


def whole_of(province: NamedProvince | None) -> str:
    """Return what all offices together are called; without a common *province* they are of several."""
    if province is None:
        return N_("Tất cả các nơi")
    return N_("Toàn thành phố") if is_city(province) else N_("Toàn tỉnh")


def words_of(province: NamedProvince | None) -> dict[str, str]:
    """Return the words of a page beside *province*: its level, the name of its line, and all of it."""
    return {"level": level_of(province), "region": reference_of(province), "whole": whole_of(province)}


def places_of(kinds: Collection[str]) -> str:
    """Return what offices in units of these *kinds* are called together."""
    if not set(kinds) <= {"commune", "ward", "special"}:
        return N_("cơ quan")
    return N_("xã, phường") if "ward" in kinds else N_("xã")


def month(first: date) -> str:
    """Return a month on a chart's axis: T6/2026."""
    return month_short(first)


def trend_alt(points: Sequence[MonthPoint]) -> str:
    """Return a trend in words, as the text alternative of its picture."""
    said = [
        gettext("%(month)s: %(share)s (%(n)s lượt)", month=month(point.month), share=percent(point.share), n=point.n)
        for point in points
        if point.share is not None
    ]
    return "; ".join(said) or N_("Chưa tháng nào đủ 5 lượt để công bố")
