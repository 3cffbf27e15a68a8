"""The unit of each spelling in a sheet: decided now or before, certain by its name, or to be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from commune.models import Spelling, Succession, Unit
from commune.queries.units import parents_of
from commune.rules.unit_match import NO_UNIT, Former, Matcher, NamedUnit, spelling_key
from core.db import parts
from core.values.place import place_key

_SUCCESSIONS = select(Succession.old_id, Succession.new_id).order_by(Succession.old_id, Succession.new_id)
_OLDS = select(Succession.old_id)
Cells = Iterable[tuple[int, str]]
"""Row and spelling of each line that names a unit."""

HELPED = 300
"""Unknown spellings for which similar names are looked up; a sheet with more has another column mapped to units."""


@dataclass(frozen=True)
class Doubtful:
    """A spelling that names no unit for certain: its number of rows, its first row, the units that it may mean, the
    remembered unit if that can be decided again, and the former units by which its candidates have this name.
    """

    key: str
    spelled: str
    rows: int
    first: int
    candidates: tuple[int, ...]
    remembered: int | None = None
    former: Mapping[int, Former] = field(default_factory=dict)


@dataclass(frozen=True)
class MayEnter:
    """The units that a sheet may name, and the unit that decides what spellings mean."""

    owner_id: int
    unit_ids: Collection[int]


def match_units(
    session: Session, among: MayEnter, cells: Cells, decisions: Mapping[str, int]
) -> tuple[dict[str, int], list[Doubtful]]:
    """Return the unit of each spelling as it was typed, and the doubtful spellings, the most frequent first.

    *decisions* (spelling key → unit or NO_UNIT) go before what was remembered, and both before any name; a unit that
    is not *among* those that may enter is no decision.
    """
    known = list_known_units(session, among.unit_ids)
    ids = {unit.id for unit in known}
    decided = list_spellings(session, among.owner_id, ids)
    decided |= {key: unit_id for key, unit_id in decisions.items() if unit_id in ids or unit_id == NO_UNIT}
    matcher, units, doubts = Matcher(known), dict[str, int](), list[Doubtful]()
    for key, (typed, first) in _spellings(cells).items():
        spelled, rows = typed.most_common(1)[0][0], typed.total()
        match = matcher.match(spelled, is_helped=len(doubts) < HELPED) if key not in decided else None
        unit_id = decided.get(key) if match is None else match.unit
        if unit_id is not None:
            units |= dict.fromkeys(typed, unit_id)
        elif match is not None:
            doubts.append(Doubtful(key, spelled, rows, first, match.candidates, former=match.former))
    return units, sorted(doubts, key=lambda doubt: (-doubt.rows, doubt.first))


def list_remembered(session: Session, among: MayEnter, cells: Cells) -> list[Doubtful]:
    """Return the spellings that were decided for an earlier sheet, the decided unit first of what they may mean."""
    known = list_known_units(session, among.unit_ids)
    decided = list_spellings(session, among.owner_id, {unit.id for unit in known})
    matcher = Matcher(known)
    found = []
    for key, (typed, first) in _spellings(cells).items():
        if key in decided:
            spelled, unit_id = typed.most_common(1)[0][0], decided[key]
            match = matcher.match(spelled)
            meant = (unit_id, *([] if match.unit is None else [match.unit]), *match.candidates)
            found.append(
                Doubtful(key, spelled, typed.total(), first, tuple(dict.fromkeys(meant)), unit_id, match.former)
            )
    return sorted(found, key=lambda doubt: (-doubt.rows, doubt.first))


def _spellings(cells: Cells) -> dict[str, tuple[Counter[str], int]]:
    """Return for each spelling key the number of times each typed form occurs, and the first row."""
    typed: Counter[str] = Counter()
    first: dict[str, int] = {}
    for row, spelled in cells:
        if spelled:
            typed[spelled] += 1
            first.setdefault(spelled, row)
    found: dict[str, tuple[Counter[str], int]] = {}
    for spelled, rows in typed.items():
        counts, row = found.get(key := spelling_key(spelled), (Counter(), first[spelled]))
        counts[spelled] = rows
        found[key] = counts, min(row, first[spelled])
    return found


def list_known_units(session: Session, ids: Collection[int]) -> list[NamedUnit]:
    """Return the units to match spellings with: their names of all times, and their parents."""
    query = select(Unit).options(selectinload(Unit.names))
    units = [unit for part in parts(ids) for unit in session.scalars(query.where(Unit.id.in_(part)))]
    former = _former(session, [unit.id for unit in units])
    return [
        NamedUnit(
            id=unit.id,
            names=((unit.kind, unit.name), *((name.kind, name.name) for name in unit.names)),
            above=frozenset(place_key(above.name) for above in parents_of(unit)),
            former=tuple(former.get(unit.id, ())),
        )
        for unit in units
    ]


def _former(session: Session, ids: Collection[int]) -> dict[int, list[Former]]:
    """Return the former units of each of these units."""
    pairs = [
        tuple(row) for part in parts(ids) for row in session.execute(_SUCCESSIONS.where(Succession.new_id.in_(part)))
    ]
    olds = {old_id for old_id, _ in pairs}
    heirs = Counter(
        old_id for part in parts(olds) for old_id in session.scalars(_OLDS.where(Succession.old_id.in_(part)))
    )
    query = select(Unit).options(selectinload(Unit.names))
    units = {unit.id: unit for part in parts(olds) for unit in session.scalars(query.where(Unit.id.in_(part)))}
    former: dict[int, list[Former]] = {}
    for old_id, new_id in pairs:
        old = units[old_id]
        names = (old.name, *(name.name for name in old.names))
        former.setdefault(new_id, []).append(Former(names, heirs[old_id] > 1))
    return former


def list_spellings(session: Session, owner_id: int, units: Collection[int]) -> dict[str, int]:
    """Return the owner's earlier decisions: spelling → unit, for the *units* that may enter."""
    query = select(Spelling.spelling, Spelling.unit_id).where(Spelling.owner_id == owner_id)
    return {spelling: unit_id for spelling, unit_id in session.execute(query) if unit_id in units}
