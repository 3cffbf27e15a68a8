"""Plan the import of a sheet of units: new villages, agencies, schools; other names and types; headcounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from commune.rules.directory import DatedUnit, Directory, Name, in_force, is_of, keys_of_names, level_of
from core.values.numbers import thousands
from core.values.place import place_key
from core.values.text import N_, Sentence, fold

LONGEST_CODE = 20
LISTED = 4
"""The most units that a message names before it gives the number of the others."""

_NO_CODE = N_("Không có đơn vị nào mang mã %(code)s. Thôn, cơ quan, trường mới thì để trống ô mã: hệ thống tự đặt.")
_NOT_THEN = N_("Ngày %(day)s không có đơn vị nào mang mã %(code)s; mã này của: %(units)s.")
_MANY_CODES = N_("Mã %(code)s có thể là: %(units)s. Xin ghi đủ chữ số, hoặc ghi tên cho khớp.")
_NO_NAME = N_("Không thấy đơn vị nào tên là “%(name)s” vào ngày %(day)s. Xin xem lại tên, hoặc ghi mã đơn vị.")
_MANY_NAMES = N_("“%(name)s” có thể là: %(units)s. Xin ghi mã đơn vị, hoặc ghi đơn vị cấp trên.")
_OTHER_NAME = N_("Mã %(code)s là của %(unit)s, không phải “%(name)s”. Nếu đơn vị đã đổi tên, xin ghi ngày có hiệu lực.")
_NO_PARENT = N_("Xin ghi đơn vị cấp trên (mã hoặc tên) của “%(name)s”.")
_PARENT = N_("Đơn vị cấp trên: %(why)s")
_TOO_DEEP = N_("“%(name)s” nằm dưới quá nhiều cấp. Xin đặt thẳng dưới xã, phường.")
_OUTSIDE = N_("%(unit)s chỉ có %(era)s; ngày %(day)s nằm ngoài khoảng đó.")
_OTHER_LEVEL = N_("%(unit)s không thể đổi thành “%(name)s”: khác cấp.")
_NO_WORD = N_("Tên mới “%(name)s” chưa có chữ xã, phường, thôn… đứng đầu. Xin ghi đủ, hoặc ghi cột “Loại”.")
_AHEAD = N_("Ngày của số dân là %(day)s, chưa tới.")
_TWICE = N_("Dòng %(row)s đã ghi %(people)s người cho cùng đơn vị và cùng ngày.")

_ADDED = N_("Thêm %(unit)s, mã %(code)s, từ %(day)s.")
_RENAMED = N_("%(old)s (mã %(code)s) được gọi là %(new)s từ %(day)s.")
_COUNTED = N_("Ghi số dân %(unit)s ngày %(day)s: %(people)s người (%(source)s).")
_RECOUNTED = N_("Sửa số dân %(unit)s ngày %(day)s: từ %(before)s thành %(people)s người (%(source)s).")


class WishError(Exception):
    """A row can't be imported; the message gives the reason and the remedy."""


@dataclass(frozen=True)
class Wish:
    """A row of the sheet, each cell read; `row` is its number there. `kind` is None when the row has none."""

    row: int
    name: str
    kind: str | None = None
    code: str = ""
    parent: str = ""
    since: date | None = None
    people: int | None = None
    as_of: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Add:
    """Add a unit of an office's own."""

    unit: DatedUnit


@dataclass(frozen=True)
class Rename:
    """Give a unit another name from a day on."""

    unit: DatedUnit
    name: Name


@dataclass(frozen=True)
class Count:
    """Store a unit's headcount on a day."""

    unit: DatedUnit
    as_of: date
    people: int
    source: str


UnitChange = Add | Rename | Count


@dataclass
class UnitPlan:
    """The planned changes row by row, the errors, and the number of rows that change nothing."""

    changes: list[UnitChange] = field(default_factory=list)
    sentences: list[tuple[int, str]] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    same: int = 0
    counted: dict[tuple[DatedUnit, date], int] = field(default_factory=dict)
    """The row that gave the headcount of a unit on a day."""


def plan(directory: Directory, wishes: Iterable[Wish], today: date) -> UnitPlan:
    """Return the changes that *wishes* make. *directory* is changed meanwhile, so that a row can refer to an earlier
    one.

    Names are applied first, by their day. No wishes make no changes; an impossible wish is in `wrong`.
    """
    made = UnitPlan()
    for wish in sorted(wishes, key=lambda wish: (wish.since or date.max) if wish.code else date.max):
        before = len(made.changes)
        try:
            _fulfil(directory, wish, today, made)
        except WishError as error:
            made.wrong.append((wish.row, error.args[0]))
        else:
            made.same += len(made.changes) == before
    return made


def _fulfil(directory: Directory, wish: Wish, today: date, made: UnitPlan) -> None:
    unit = _find(directory, wish, today)
    if unit is None:
        unit = _added(directory, wish, today)
        change: UnitChange = Add(unit)
        made.changes.append(change)
        made.sentences.append((wish.row, Sentence(_ADDED, unit=unit.place, code=unit.code, day=_day(unit.since))))
    elif wish.since is not None and wish.code:
        _rename(directory, unit, wish, wish.since, made)
    if wish.people is not None and wish.as_of is not None:
        _count(unit, wish, wish.people, wish.as_of, today, made)


def _find(directory: Directory, wish: Wish, today: date) -> DatedUnit | None:
    """Return the unit of a row; None for one of the office's own that does not exist yet."""
    on = wish.since or wish.as_of or today
    if wish.code:
        return _by_code(directory, wish, on)
    if wish.kind in ("village", "agency", "school"):
        return _own(directory, wish, today)
    units = [unit for unit in directory.named(wish.name) if is_of(unit, wish.kind)]
    if wish.parent:
        above = _parent(directory, wish, on)
        units = [unit for unit in units if above & set(_above(unit))]
    return _only(units, on, wish.name, _NO_NAME, _MANY_NAMES)


def _by_code(directory: Directory, wish: Wish, on: date) -> DatedUnit:
    bearers = directory.bearing(wish.code)
    if not bearers:
        raise WishError(Sentence(_NO_CODE, code=wish.code))
    named = [unit for unit in bearers if place_key(wish.name) in keys_of_names(unit)]
    there = in_force(bearers, on)
    if wish.since is not None:
        candidates = in_force(named, on) or there
        if not candidates:
            raise WishError(Sentence(_NOT_THEN, day=_day(on), code=wish.code, units=_listed(bearers)))
    else:
        if not named:
            raise WishError(Sentence(_OTHER_NAME, code=wish.code, unit=_listed(there or bearers), name=wish.name))
        candidates = in_force(named, on) or named
    if len(candidates) > 1:
        raise WishError(Sentence(_MANY_CODES, code=wish.code, units=_listed(candidates)))
    return candidates[0]


def _own(directory: Directory, wish: Wish, today: date) -> DatedUnit | None:
    parent = _only_parent(directory, wish, wish.since or today)
    name = fold(wish.name)
    return next(
        (
            unit
            for unit in directory.below.get(parent, ())
            if is_of(unit, wish.kind) and name in {fold(each.name) for each in unit.names}
        ),
        None,
    )


def _added(directory: Directory, wish: Wish, today: date) -> DatedUnit:
    parent = _only_parent(directory, wish, wish.since or today)
    since, code = wish.since or parent.since, directory.next_code(parent)
    if len(code) > LONGEST_CODE:
        raise WishError(Sentence(_TOO_DEEP, name=wish.name))
    unit = DatedUnit(None, code, since, parent.until, parent, [Name(since, wish.kind or "village", wish.name)])
    directory.add(unit)
    return unit


def _only_parent(directory: Directory, wish: Wish, on: date) -> DatedUnit:
    if not wish.parent:
        raise WishError(Sentence(_NO_PARENT, name=wish.name))
    units = directory.bearing(wish.parent) or directory.named(wish.parent)
    try:
        return _only(units, on, wish.parent, _NO_NAME, _MANY_NAMES)
    except WishError as error:
        raise WishError(Sentence(_PARENT, why=error.args[0])) from error


def _parent(directory: Directory, wish: Wish, on: date) -> set[DatedUnit]:
    """Return the units that a row may mean by its parent; raises WishError if there is none."""
    parents = set(directory.bearing(wish.parent) or directory.named(wish.parent))
    if not parents:
        raise WishError(Sentence(_PARENT, why=Sentence(_NO_NAME, name=wish.parent, day=_day(on))))
    return parents


def _only(units: list[DatedUnit], on: date, text: str, none: str, many: str) -> DatedUnit:
    there = in_force(units, on)
    if not there:
        raise WishError(Sentence(none, name=text, day=_day(on)))
    if len(there) > 1:
        raise WishError(Sentence(many, name=text, units=_listed(there)))
    return there[0]


def _rename(directory: Directory, unit: DatedUnit, wish: Wish, since: date, made: UnitPlan) -> None:
    now = unit.called(since)
    kind = now.kind if wish.kind in (None, "city") else str(wish.kind)
    is_city = wish.kind == "city"
    if not unit.is_in_force(since):
        raise WishError(Sentence(_OUTSIDE, unit=unit.place, era=_era(unit), day=_day(since)))
    if kind not in level_of(now.kind) or (is_city and kind not in ("province", "district")):
        raise WishError(Sentence(_OTHER_LEVEL, unit=now.name, name=wish.name))
    if (fold(now.name), now.kind) == (fold(wish.name), kind):
        return
    if wish.kind is None and kind not in ("agency", "school"):
        if place_key(now.name) == place_key(wish.name):
            return
        raise WishError(Sentence(_NO_WORD, name=wish.name))
    name = Name(since, kind, wish.name)
    directory.rename(unit, name)
    made.changes.append(Rename(unit, name))
    made.sentences.append((wish.row, Sentence(_RENAMED, old=now.name, code=unit.code, new=name.name, day=_day(since))))


def _count(unit: DatedUnit, wish: Wish, people: int, as_of: date, today: date, made: UnitPlan) -> None:
    if as_of > today:
        raise WishError(Sentence(_AHEAD, day=_day(as_of)))
    before, earlier = unit.counts.get(as_of), made.counted.get((unit, as_of))
    if before == (people, wish.source):
        return
    if earlier is not None and before is not None:
        raise WishError(Sentence(_TWICE, row=earlier, people=thousands(before[0])))
    unit.counts[as_of] = (people, wish.source)
    made.counted[unit, as_of] = wish.row
    made.changes.append(Count(unit, as_of, people, wish.source))
    words = {"unit": unit.place, "day": _day(as_of), "people": thousands(people), "source": wish.source}
    text = Sentence(_RECOUNTED, before=thousands(before[0]), **words) if before else Sentence(_COUNTED, **words)
    made.sentences.append((wish.row, text))


def _above(unit: DatedUnit) -> list[DatedUnit]:
    return [] if unit.parent is None else [unit.parent, *_above(unit.parent)]


def _listed(units: list[DatedUnit]) -> str:
    text = "; ".join(f"{unit.place} ({unit.code}, {_era(unit)})" for unit in units[:LISTED])
    return text if len(units) <= LISTED else f"{text}; …"


def _era(unit: DatedUnit) -> str:
    return f"từ {_day(unit.since)}" if unit.until is None else f"từ {_day(unit.since)} đến trước {_day(unit.until)}"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
