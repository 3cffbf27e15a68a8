"""Search units by typed text: without diacritics, tone placement or prefix, under any name they ever had."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, not_, or_, select
from sqlalchemy.orm import Session, joinedload

from commune.models import Unit, UnitName
from commune.queries.units import in_force, parents_of
from core.values.place import ABBREVIATIONS, near_key, readings
from core.values.text import clean

CODE = re.compile(r"[0-9]{5}(-[0-9]{3,})?")
"""A commune's code or one of an office's own. No unit is named so; wards are named 10 and 101."""
ALSO = dict.fromkeys(("tphcm", "hcm", "tfhcm", "hcmc", "saigon", "tphochiminh"), "ho chi minh") | {
    "thuathienhue": "hue",
    "tthue": "hue",
    "brvt": "ba ria vung tau",
    "banmethuot": "buon ma thuot",
    "buonmethuot": "buon ma thuot",
}
"""Near key of a name in everyday use → the name that units have."""
MOST_WORDS = 8
"""The most words of a search that are used; a name and its parents need no more to be unique."""
_CITY = "thành phố "
_EXACT, _NEAR, _BEGINS, _HOLDS = 0, 20, 50, 60


@dataclass(frozen=True)
class FoundUnit:
    """A unit, its parents (nearest first), and the former or future name by which it was found, if any."""

    unit: Unit
    parents: tuple[Unit, ...]
    once: str | None


@dataclass(frozen=True)
class _Reading:
    """One reading of a search; a doubtful one matches only units of that kind with exactly that name."""

    kind: str | None
    words: tuple[str, ...]
    is_doubtful: bool


def search_units(
    session: Session, text: str, *, limit: int = 20, on: date | None = None, within: frozenset[int] | None = None
) -> list[FoundUnit]:
    """Return units whose proper name is in *text*, which may continue with parents, nearest first ("xuan lap thanh
    hoa").

    Exact names first, then names that begin so, then names that hold the words; within these the kind named first, then
    units in force before ended ones, then Vietnamese order. *on*: only units in force on that day; *within*: only these
    ids. Text without a letter or digit finds nothing. One statement.
    """
    if CODE.fullmatch(clean(text)) and limit > 0:
        return _bearing(session, clean(text), limit, on, within)
    readings = _readings(text)
    if not readings or limit < 1:
        return []
    score = _score(readings)
    query = (
        select(Unit, UnitName.name)
        .join(UnitName, UnitName.unit_id == Unit.id)
        .where(_may_match(readings), score.is_not(None))
        .order_by(
            score, *_other_kind(readings[0]), Unit.valid_to.is_not(None), Unit.sort_key, Unit.context_key, Unit.id,
            UnitName.since.desc(),
        )
        .limit(2 * limit)
        .options(joinedload(Unit.parent).joinedload(Unit.parent).joinedload(Unit.parent))
    )  # fmt: skip
    if on is not None:
        query = query.where(in_force(on))
    if within is not None:
        query = query.where(Unit.id.in_(within))
    found: dict[int, FoundUnit] = {}
    for unit, name in session.execute(query):
        found.setdefault(unit.id, FoundUnit(unit, parents_of(unit), name if name != unit.name else None))
    return list(found.values())[:limit]


def _bearing(
    session: Session, code: str, limit: int, on: date | None, within: frozenset[int] | None
) -> list[FoundUnit]:
    """Return the units that have or had *code*, the present one first."""
    query = select(Unit).where(Unit.code == code).order_by(Unit.valid_from.desc()).limit(limit)
    if on is not None:
        query = query.where(in_force(on))
    if within is not None:
        query = query.where(Unit.id.in_(within))
    return [FoundUnit(unit, parents_of(unit), None) for unit in session.scalars(query)]


def _readings(text: str) -> list[_Reading]:
    parted = readings(text)
    return [
        _Reading(kind, tuple(key.replace("_", " ").split())[:MOST_WORDS], is_doubtful=at > 0 and kind is not None)
        for at, (kind, key) in enumerate([*parted, *_also(parted)])
        if key.replace("_", " ").strip()
    ]


def _also(parted: Sequence[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
    """Return the reading of an abbreviation or a name in everyday use, alone or before a parent."""
    known = {near_key(key): key for _, key in parted}
    return [(None, name) for short, name in ALSO.items() if short in known]


def _may_match(readings: Sequence[_Reading]) -> ColumnElement[bool]:
    """Return the cheap condition: the name is one of those that may be meant, or holds the typed words."""
    names = {" ".join(reading.words[:count]) for reading in readings for count in range(1, len(reading.words) + 1)}
    return or_(
        UnitName.name_key.in_(sorted(names)),
        UnitName.near_key.in_(sorted(filter(None, map(near_key, names)))),
        *(_holds(reading) for reading in readings if not reading.is_doubtful),
    )


def _score(readings: Sequence[_Reading]) -> ColumnElement[int | None]:
    certain = [reading for reading in readings if not reading.is_doubtful]
    near = [
        (condition, score + _NEAR) for reading in readings for condition, score in _very_names(reading, is_near=True)
    ]
    begins = [(UnitName.name_key.startswith(" ".join(reading.words)), _BEGINS) for reading in certain]
    holds = [(_holds(reading), _HOLDS) for reading in certain]
    exact = (pair for reading in readings for pair in _very_names(reading))
    return case(*exact, *near, *begins, *holds, else_=None)


def _very_names(reading: _Reading, *, is_near: bool = False) -> Iterator[tuple[ColumnElement[bool], int]]:
    """Yield, for each possible number of words in the name, the condition that they are the name, or one spelt nearly
    so, and the rest its parents, and its score.
    """
    words = reading.words
    for count in range(len(words), 0, -1):
        rest = [word for word in words[count:] if word not in ABBREVIATIONS]
        name = " ".join(words[:count])
        conditions = [UnitName.near_key == near_key(name) if is_near else UnitName.name_key == name]
        if rest:
            conditions.append((" " + Unit.context_key).like("".join(f"% {word}%" for word in rest)))
        if reading.kind and reading.is_doubtful:
            conditions.append(_is_of(reading.kind))
        yield and_(*conditions), _EXACT + len(words) - count


def _holds(reading: _Reading) -> ColumnElement[bool]:
    """Return the condition that the name holds the words, the last of them possibly incomplete."""
    return (" " + UnitName.name_key).like(f"% {' '.join(reading.words)}%")


def _other_kind(reading: _Reading) -> list[ColumnElement[bool]]:
    return [not_(_is_of(reading.kind))] if reading.kind else []


def _is_of(kind: str) -> ColumnElement[bool]:
    return UnitName.name.startswith(_CITY) if kind == "city" else UnitName.kind == kind
