"""Load the whole country: its units of both eras, their successions, and the published headcounts."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from commune.labels import loaded_words
from commune.models import OWN_KINDS, Headcount, Succession, Unit, UnitName
from commune.operations.units import settle_names
from commune.rules.actions import UnitAction
from commune.rules.keys import context_below, keys_of
from core.audit_hook import record_command

DAY = timedelta(days=1)


class CountryUnit(NamedTuple):
    """A unit in the tables, in force from `since` until before `until`."""

    code: str
    kind: str
    name: str
    parent: str
    since: date
    until: date | None

    @property
    def day(self) -> date:
        """A day on which it has its code: the last one of a unit that ended."""
        return self.until - DAY if self.until else self.since


class CountryHeadcount(NamedTuple):
    """A published headcount of the unit that had the code on that day."""

    code: str
    as_of: date
    people: int
    source: str


@dataclass(frozen=True)
class Country:
    """The tables to load; `merged_on` is the day from which the second of a pair of `successions` is in force."""

    units: Sequence[CountryUnit]
    successions: Sequence[tuple[str, str]]
    headcounts: Sequence[CountryHeadcount]
    merged_on: date


@dataclass(frozen=True)
class Loaded:
    """How many rows of each kind were inserted."""

    units: int
    successions: int
    headcounts: int


class _UnitPeriod(NamedTuple):
    id: int
    since: date
    until: date | None
    below: str
    """The `context_key` of the units below it."""


class _Bearers:
    """Units by code and date. Codes were used again in 2025, and a unit may have been added by hand before."""

    def __init__(self, session: Session) -> None:
        self.known: dict[str, list[_UnitPeriod]] = {}
        query = select(Unit.id, Unit.code, Unit.name, Unit.context_key, Unit.valid_from, Unit.valid_to)
        for id, code, name, context, since, until in session.execute(query.where(Unit.kind.not_in(OWN_KINDS))):
            self.add(code, _UnitPeriod(id, since, until, context_below(name, context)))

    def add(self, code: str, known: _UnitPeriod) -> None:
        self.known.setdefault(code, []).append(known)

    def find(self, code: str, day: date) -> _UnitPeriod | None:
        bearers = self.known.get(code, ())
        return next((each for each in bearers if each.since <= day and (not each.until or day < each.until)), None)


def load_country(session: Session, country: Country) -> Loaded:
    """Insert what is missing of *country*; existing rows stay unchanged, so that a second run inserts nothing."""
    bearers = _Bearers(session)
    waiting = [row for row in country.units if bearers.find(row.code, row.day) is None]
    units = len(waiting)
    while waiting:
        ready = [row for row in waiting if not row.parent or bearers.find(row.parent, row.day)]
        if not ready:
            raise ValueError(f"nothing lies above {waiting[0]}")
        _insert_units(session, bearers, ready)
        waiting = [row for row in waiting if bearers.find(row.code, row.day) is None]
    return Loaded(units, _insert_successions(session, bearers, country), _insert_headcounts(session, bearers, country))


def bring_up_to_date(session: Session, country: Country, today: date) -> str:
    """Load what is missing of *country* and let every unit bear its name of *today*; returns what was new, in words."""
    loaded = load_country(session, country)
    settle_names(session, today)
    return loaded_words(loaded.units, loaded.successions, loaded.headcounts)


def load_at_terminal(session: Session, country: Country, today: date) -> str:
    """Do the same as `bring_up_to_date`, with the audit entry of a command."""
    words = bring_up_to_date(session, country, today)
    record_command(session, UnitAction.UNIT_LOAD, words, {})
    return words


def _insert_units(session: Session, bearers: _Bearers, rows: Sequence[CountryUnit]) -> None:
    keys = [keys_of(row.name) for row in rows]
    parents = [bearers.find(row.parent, row.day) if row.parent else None for row in rows]
    values = [
        {
            "code": row.code, "kind": row.kind, "name": row.name, "valid_from": row.since, "valid_to": row.until,
            "search_key": key.search_key, "sort_key": key.sort_key, "parent_id": parent.id if parent else None,
            "context_key": parent.below if parent else "",
        }
        for row, key, parent in zip(rows, keys, parents, strict=True)
    ]  # fmt: skip
    ids = session.scalars(insert(Unit).returning(Unit.id, sort_by_parameter_order=True), values).all()
    for id, row, value in zip(ids, rows, values, strict=True):
        bearers.add(row.code, _UnitPeriod(id, row.since, row.until, context_below(row.name, str(value["context_key"]))))
    names = [
        {
            "unit_id": id,
            "since": row.since,
            "kind": row.kind,
            "name": row.name,
            "name_key": key.name_key,
            "near_key": key.near_key,
        }
        for id, row, key in zip(ids, rows, keys, strict=True)
    ]
    session.execute(insert(UnitName), names)


def _insert_successions(session: Session, bearers: _Bearers, country: Country) -> int:
    there = {tuple(pair) for pair in session.execute(select(Succession.old_id, Succession.new_id))}
    eve = country.merged_on - DAY
    pairs = (
        {"old_id": old.id, "new_id": new.id}
        for old_code, new_code in country.successions
        if (old := bearers.find(old_code, eve)) and (new := bearers.find(new_code, country.merged_on))
    )
    return _insert_missing(session, Succession, there, pairs)


def _insert_headcounts(session: Session, bearers: _Bearers, country: Country) -> int:
    there = {tuple(pair) for pair in session.execute(select(Headcount.unit_id, Headcount.as_of))}
    counts = (
        {"unit_id": unit.id, "as_of": count.as_of, "people": count.people, "source": count.source}
        for count in country.headcounts
        if (unit := bearers.find(count.code, count.as_of))
    )
    return _insert_missing(session, Headcount, there, counts)


def _insert_missing(
    session: Session,
    model: type[Succession | Headcount],
    there: AbstractSet[tuple[object, ...]],
    rows: Iterable[Mapping[str, object]],
) -> int:
    """Insert the rows whose first two values are not *there*; returns how many."""
    missing = [row for row in rows if tuple(row.values())[:2] not in there]
    if missing:
        session.execute(insert(model), missing)
    return len(missing)
