"""Find the office of a place that a citizen types: its name, a former name, or a name with slips."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, contains_eager, joinedload

from commune.models import Office, Unit
from commune.queries.offices import offices_serving
from commune.queries.search import MOST_WORDS, search_units
from commune.queries.succession import heirs_of
from commune.rules.near_names import nearest_names
from core.content import holds_words
from core.values.place import kind_in, place_key, plain
from core.values.text import search_key

MOST_FOUND = 30
"""The most offices that a search lists; a name that more of them share says too little."""
MOST_COMPARED = 500
"""The most names among which a near one is looked for, since this reads them all; a province has fewer communes."""
_FORMER_READ, _FORMER_SHOWN = 60, 3
_FEWEST_LETTERS = 2


@dataclass(frozen=True)
class FormerPlace:
    """A unit that was merged into others, and the offices that now serve its people."""

    unit: Unit
    offices: list[Office]


@dataclass(frozen=True)
class FoundOffices:
    """The result of a search.

    Attributes:
        offices: those whose names hold every word, at most MOST_FOUND.
        only: the one that is meant for certain, if any.
        more: whether there are more.
        former: places of that name before the mergers, if no office has it now.
        near: offices of similar names, if nothing else was found.
    """

    offices: list[Office]
    only: Office | None = None
    more: bool = False
    former: tuple[FormerPlace, ...] = ()
    near: tuple[Office, ...] = ()


def search_offices(session: Session, text: str) -> FoundOffices:
    """Return the offices that *text* may mean; diacritics, tone placement and xã, phường … are ignored."""
    found = (
        _named(session, Unit.search_key, plain(text))
        or _named(session, Unit.search_key, place_key(text))
        or _named(session, Office.search_key, plain(text), end=" ")
    )
    found = found or _named_in_english(session, search_key(text))
    if found:
        return FoundOffices(found[:MOST_FOUND], _only(found, text), len(found) > MOST_FOUND)
    if sum(letter.isalnum() for letter in text) < _FEWEST_LETTERS:
        return FoundOffices([])
    former = _former_places(session, text)
    return FoundOffices([], former=former, near=() if former else _near(session, text))


def is_province(session: Session, text: str) -> bool:
    """Return whether *text* is the name of the province whose communes have offices."""
    place = aliased(Unit)
    names = session.scalars(select(place.name).where(place.id.in_(select(Unit.parent_id).join(Office)))).all()
    return place_key(text) in {place_key(name) for name in names}


def _named(session: Session, column: InstrumentedAttribute[str], key: str, end: str = "") -> list[Office]:
    """Return the offices in whose *column* each word of *key* begins a word; with a space as *end* it is a whole one,
    since "hành chính" of every office begins with "ha".
    """
    words = key.split()[:MOST_WORDS]
    if not any(letter.isalnum() for letter in key):
        return []
    text = literal(" ").concat(column).concat(" ")
    begins = [text.contains(f" {word}{end}", autoescape=True) for word in words]
    return _listed(session, *begins)


def _named_in_english(session: Session, key: str) -> list[Office]:
    """Return the offices whose name in a further language has all words of *key*."""
    words = [word for word in key.split()[:MOST_WORDS] if any(map(str.isalnum, word))]
    return _listed(session, holds_words(Office.name, words, end=" ")) if words else []


def _listed(session: Session, *conditions: ColumnElement[bool]) -> list[Office]:
    query = select(Office).join(Office.unit).where(*conditions).order_by(Unit.sort_key, Office.id).limit(MOST_FOUND + 1)
    return list(session.scalars(query.options(contains_eager(Office.unit).joinedload(Unit.parent))))


def _only(found: list[Office], text: str) -> Office | None:
    """Return the single office found, or the single one whose unit has exactly that name."""
    named = [office for office in found if place_key(office.unit.name) == place_key(text)]
    kind = kind_in(text)
    of_kind = [office for office in named if office.unit.kind == kind] if kind else named
    return next((each[0] for each in (found, named, of_kind) if len(each) == 1), None)


def _former_places(session: Session, text: str) -> tuple[FormerPlace, ...]:
    ended = [each.unit for each in search_units(session, text, limit=_FORMER_READ) if each.unit.valid_to]
    if not ended:
        return ()
    heirs = heirs_of(session, [unit.id for unit in ended])
    reached = {unit.id: _reached(unit.id, heirs) for unit in ended}
    serving = offices_serving(session, set().union(*reached.values()))
    places = []
    for unit in ended:
        offices = {office.id: office for id in sorted(reached[unit.id]) for office in serving.get(id, ())}
        places += [FormerPlace(unit, list(offices.values()))] if offices else []
    return tuple(places[:_FORMER_SHOWN])


def _reached(start: int, heirs: dict[int, set[int]]) -> set[int]:
    reached: set[int] = set()
    waiting = {start}
    while waiting:
        following = set().union(*(heirs.get(id, set()) for id in waiting)) - reached
        reached |= following
        waiting = following
    return reached


def _near(session: Session, text: str) -> tuple[Office, ...]:
    query = select(Office.id, Unit.name).join(Office.unit).order_by(Unit.sort_key, Office.id).limit(MOST_COMPARED)
    by_name: dict[str, int] = {name: id for id, name in session.execute(query)}
    ids = [by_name[name] for name in nearest_names(text, by_name)]
    chosen = select(Office).where(Office.id.in_(ids)).options(joinedload(Office.unit).joinedload(Unit.parent))
    offices = {office.id: office for office in session.scalars(chosen)} if ids else {}
    return tuple(offices[id] for id in ids)
