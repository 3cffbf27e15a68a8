"""The logo shown for a unit: its own, or that of the nearest unit above it."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import CTE, ColumnElement, ScalarSelect, bindparam, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from commune.models import OWN_KINDS, Logo, Unit
from commune.queries.units import in_force
from core.db import parts
from core.values.text import search_key


class Shown(NamedTuple):
    """The logo shown for a unit, and the unit that it belongs to."""

    digest: str
    unit_id: int
    unit: str


def _above(which: ColumnElement[bool]) -> CTE:
    """Return the units matching *which* (each as `asked`) and all units above them, with their distance."""
    own = select(Unit.id.label("asked"), Unit.id, Unit.parent_id, Unit.name, literal(0).label("height"))
    above = own.where(which).cte("above", recursive=True)
    next_one = select(above.c.asked, Unit.id, Unit.parent_id, Unit.name, above.c.height + 1)
    return above.union_all(next_one.join(above, Unit.id == above.c.parent_id))


_ABOVE = _above(Unit.id.in_(bindparam("asked", expanding=True)))
NEAREST = (
    select(_ABOVE.c.asked, Logo.digest, _ABOVE.c.id, _ABOVE.c.name)
    .join(Logo, Logo.unit_id == _ABOVE.c.id)
    .order_by(_ABOVE.c.asked, _ABOVE.c.height.desc())
)


def nearest_digest(unit_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ScalarSelect[str]:
    """Return the digest of the logo shown for *unit_id* as a subquery for a column of another query."""
    above = _above(Unit.id == unit_id)
    nearest = select(Logo.digest).join(above, Logo.unit_id == above.c.id).order_by(above.c.height).limit(1)
    return nearest.scalar_subquery()


def logos_of(session: Session, unit_ids: Collection[int]) -> dict[int, Shown]:
    """Return unit → the logo shown for it; units without one are absent."""
    found: dict[int, Shown] = {}
    for some in parts(unit_ids):
        rows = session.execute(NEAREST, {"asked": some})
        found |= {asked: Shown(digest, unit_id, name) for asked, digest, unit_id, name in rows}  # the nearest is last
    return found


def digest_of(session: Session, unit_id: int) -> str | None:
    """Return the digest of the logo shown for a unit, which forms its address; None without one."""
    shown = logos_of(session, [unit_id]).get(unit_id)
    return shown.digest if shown else None


def find_logo(session: Session, unit: Unit) -> Logo | None:
    """Return the logo of *unit* itself; None without one."""
    return session.get(Logo, unit.id)


def find_small(session: Session, digest: str) -> bytes | None:
    """Return the small picture with that digest."""
    return session.scalar(select(Logo.small).where(Logo.digest == digest).limit(1))


def large_ones(session: Session, digests: Collection[str]) -> dict[str, bytes]:
    """Return digest → the large picture, for print."""
    rows = session.execute(select(Logo.digest, Logo.large).where(Logo.digest.in_(digests)))
    return {row.digest: row.large for row in rows}


def count_bearers(session: Session, within: Collection[int], on: date, *, find: str = "") -> int:
    """Count what `list_bearers` lists."""
    return session.scalar(select(func.count()).select_from(Unit).where(*_bearing(within, on, find))) or 0


def list_bearers(session: Session, within: Collection[int], on: date, *, find: str, part: slice) -> list[Unit]:
    """Return the units of *within* that may have a logo: in force *on* that day and of the state's own kinds.

    Provinces first, then in Vietnamese order; *find* matches all its words, without diacritics.
    """
    query = select(Unit).where(*_bearing(within, on, find)).order_by(Unit.kind != "province", Unit.sort_key, Unit.id)
    return list(session.scalars(query.offset(part.start).limit(part.stop - part.start)))


def find_bearer(session: Session, id: int, within: Collection[int], on: date) -> Unit | None:
    """Return unit *id* if `list_bearers` would list it."""
    return session.scalar(select(Unit).where(Unit.id == id, *_bearing(within, on, "")))


def _bearing(within: Collection[int], on: date, find: str) -> list[ColumnElement[bool]]:
    matches = [Unit.search_key.contains(word, autoescape=True) for word in search_key(find).split()]
    return [Unit.id.in_(within), Unit.kind.not_in(OWN_KINDS), in_force(on), *matches]
