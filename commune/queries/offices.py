"""Read offices for lists and pages."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from commune.models import Office, OfficeUnit, Unit
from core.content import holds_words
from core.values.text import search_key

EVERY = slice(0, None)


def offices_of(unit_ids: Collection[int]) -> Select[int]:
    """Return the query for the ids of the offices that serve one of these units."""
    return select(OfficeUnit.office_id).where(OfficeUnit.unit_id.in_(unit_ids))


def find_office(session: Session, slug: str, within: Collection[int] | None = None) -> Office | None:
    """Return the office at *slug*; with *within*, only if it serves one of those units."""
    query = select(Office).where(Office.slug == slug)
    if within is not None:
        query = query.where(Office.id.in_(offices_of(within)))
    return session.scalar(query)


def find_hotline(session: Session) -> str:
    """Return the hotline that every page may show: of the province's office, else the one that all offices share;
    empty without such.
    """
    is_highest = Unit.parent_id.is_(None)
    query = select(Office.hotline, is_highest).join(Office.unit).where(Office.hotline != "").distinct()
    rows = session.execute(query).all()
    hotlines = {hotline for hotline, highest in rows if highest} or {hotline for hotline, _highest in rows}
    return hotlines.pop() if len(hotlines) == 1 else ""


def list_offices(
    session: Session, within: Collection[int] | None = None, *, find: str = "", part: slice = EVERY
) -> list[Office]:
    """Return offices in Vietnamese order of their units: all, or those in *within* whose names hold every word of
    *find*. Their units and the units above are loaded with them.
    """
    query = select(Office).join(Office.unit).where(*offices_like(within, find)).order_by(Unit.sort_key, Office.id)
    query = query.options(contains_eager(Office.unit).joinedload(Unit.parent))
    if part.stop is not None:
        query = query.offset(part.start).limit(part.stop - part.start)
    return list(session.scalars(query))


def count_offices(session: Session, within: Collection[int] | None = None, *, find: str = "") -> int:
    """Count what `list_offices` lists."""
    query = select(func.count()).select_from(Office).where(*offices_like(within, find))
    return session.scalar(query) or 0


class ServedCommune(NamedTuple):
    """The name of a commune, and the office that serves it, if any."""

    name: str
    office_id: int | None


def served_communes(session: Session, province: Unit) -> dict[str, ServedCommune]:
    """Return the communes of *province* in force by code, each with its office: the one that is located there, else one
    that serves it.
    """
    query = (
        select(Unit.code, Unit.name, Office.id)
        .outerjoin(OfficeUnit, OfficeUnit.unit_id == Unit.id)
        .outerjoin(Office, Office.id == OfficeUnit.office_id)
        .where(Unit.parent_id == province.id, Unit.valid_to.is_(None))
        .order_by(case((Office.unit_id == Unit.id, 1), else_=0), Office.id.desc())
    )
    return {code: ServedCommune(name, office_id) for code, name, office_id in session.execute(query)}


def offices_serving(session: Session, unit_ids: Collection[int]) -> dict[int, list[Office]]:
    """Return the offices that serve each of *unit_ids*, in Vietnamese order of their units; units without any are
    absent.
    """
    query = select(OfficeUnit.unit_id, Office).join(Office, Office.id == OfficeUnit.office_id).join(Office.unit)
    query = query.options(contains_eager(Office.unit).joinedload(Unit.parent))
    found: dict[int, list[Office]] = defaultdict(list)
    for id, office in session.execute(query.where(OfficeUnit.unit_id.in_(unit_ids)).order_by(Unit.sort_key, Office.id)):
        found[id].append(office)
    return dict(found)


def list_slugs(session: Session, *, starting: str) -> frozenset[str]:
    """Return the slugs of offices that begin with *starting*."""
    return frozenset(session.scalars(select(Office.slug).where(Office.slug.startswith(starting, autoescape=True))))


def offices_like(within: Collection[int] | None, find: str) -> list[ColumnElement[bool]]:
    """Return the conditions of a search of names, in Vietnamese or in a further language; diacritics, case and tone
    placement are ignored.
    """
    words = search_key(find).split()
    held = [Office.search_key.contains(word, autoescape=True) for word in words]
    conditions = [or_(and_(*held), holds_words(Office.name, words))] if words else []
    if within is not None:
        conditions.append(Office.id.in_(offices_of(within)))
    return conditions
