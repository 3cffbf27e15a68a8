"""The holders that rooms register: how the desk reaches the persons whose data a room holds."""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session, sessionmaker

from account.models import Approval
from core.crypto import Keyring
from core.db import add_session_info, session_info
from privacy.rules.consent import ConsentNotices

Value = str | int | date | datetime | None
Line = list[tuple[str, Value]]
_HOLDERS = "holders"


class FactsTaken(Exception):
    """Another person of the same holder has these facts already."""


@dataclass(frozen=True)
class DataSubject:
    """A person as one holder knows them (chủ thể dữ liệu).

    `id` is random. `person_id` is their key in `core.person_keys`, None once they were erased; `sealed` is what lies
    under it. `unit_id` is the unit whose staff answer for them.
    """

    holder: str
    id: uuid.UUID
    person_id: uuid.UUID | None
    unit_id: int
    may_be_child: bool
    restricted_at: datetime | None
    sealed: bytes


@dataclass(frozen=True)
class Contact:
    """The opened facts of a person; phone or year may be unknown."""

    name: str
    phone: str | None
    birth_year: int | None


@dataclass(frozen=True)
class SubjectCard:
    """A person as the desk shows them: where they are held, by whom, and their facts, None once they were erased."""

    subject: DataSubject
    place: str
    issuer: str
    home_id: int | None
    contact: Contact | None


@dataclass(frozen=True)
class Clues:
    """The codes that were typed (several readings of one), or a name and a phone, to find a person by."""

    codes: tuple[str, ...] = ()
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class NewFacts:
    """The corrected facts of a person; a year or a unit that is None stays as it is.

    `approval` is given wherever a published name changes: a second person's, or that of one person alone.
    """

    name: str
    birth_year: int | None = None
    unit_id: int | None = None
    approval: Approval | None = None


@dataclass(frozen=True)
class Section:
    """The part of a copy from one table: the table, its title, its rows as (label, value) pairs."""

    table: str
    title: str
    lines: list[Line]


@dataclass(frozen=True, kw_only=True)
class HolderWords:
    """Vietnamese words of the desk's pages for the people of a holder.

    `erasing_early` also holds for an erasure that waits for nothing.
    """

    person: str
    keeper: str
    not_found: str
    taken: str
    withdrawn: str
    erasing: tuple[str, ...]
    erasing_early: tuple[str, ...] = ()
    child: str = ""
    unit: str = ""
    correcting: str = ""
    published: str = ""
    published_note: str = ""


def _nothing(_session: Session, _ids: Collection[uuid.UUID]) -> list[tuple[str, str]]:
    return []


def _not_at_all(_session: Session, _ids: Collection[uuid.UUID]) -> None:
    return None


def _at_once(_session: Session, _ids: Collection[uuid.UUID], _now: datetime) -> list[tuple[uuid.UUID, str]]:
    return []


def _nowhere(_session: Session, _ids: Collection[uuid.UUID]) -> list[tuple[int, str]]:
    return []


@dataclass(frozen=True, kw_only=True)
class Holder:
    """The persons of one kind whose data a room holds, by functions for the desk; ids are those of `DataSubject`.

    `code` identifies the holder in requests, consents and the log of erasures; it must never change. `find` returns
    people of the given units; `lock` locks people until the commit and reads them again; `show` and `copy` read.
    `correct` stores `NewFacts`, or raises `FactsTaken`; `restrict` stops all use from a moment on, and None ends
    that; `erase` deletes what names or finds them, except their key, consents and requests, which the desk deletes
    itself. `withdrawn` ends what free consents have begun, for example messages that wait. `list_erased` and
    `list_restricted` are repeated after a restore. `units` are the units that a correction may choose; `published`
    returns what was published under their name, as pairs of title and detail: a new name then waits for a second
    person. `erased_after` returns what must be over before a person is erased, as pairs of id and words, for
    example results that are not published yet; until then they are restricted. `hold` keeps until the commit what
    may publish their names, and is called before `lock`.
    """

    code: str
    words: HolderWords
    notices: ConsentNotices
    find: Callable[[Session, Keyring, Clues, Collection[int]], list[DataSubject]]
    lock: Callable[[Session, Collection[uuid.UUID]], list[DataSubject]]
    show: Callable[[Session, Keyring, Collection[uuid.UUID]], list[SubjectCard]]
    copy: Callable[[Session, Keyring, Collection[uuid.UUID]], list[Section]]
    correct: Callable[[Session, Keyring, Collection[uuid.UUID], NewFacts, datetime], None]
    restrict: Callable[[Session, Collection[uuid.UUID], datetime | None], None]
    erase: Callable[[Session, Keyring, Collection[uuid.UUID], datetime], None]
    list_erased: Callable[[Session], list[uuid.UUID]]
    list_restricted: Callable[[Session], list[tuple[uuid.UUID, datetime]]]
    withdrawn: Callable[[Session, Collection[uuid.UUID]], None] = _not_at_all
    units: Callable[[Session, Collection[uuid.UUID]], list[tuple[int, str]]] = _nowhere
    published: Callable[[Session, Collection[uuid.UUID]], list[tuple[str, str]]] = _nothing
    erased_after: Callable[[Session, Collection[uuid.UUID], datetime], list[tuple[uuid.UUID, str]]] = _at_once
    hold: Callable[[Session, Collection[uuid.UUID]], None] = _not_at_all


def register_holders(sessions: sessionmaker[Session], holders: Iterable[Holder]) -> None:
    """Register the holders of all rooms with every session that *sessions* makes.

    Raises:
        ValueError: two of them have the same code, or ask to agree to a purpose of the same name: one box of a page
            would be the consent to two things.
    """
    holders = list(holders)
    codes = [each.code for each in holders]
    purposes = [purpose for each in holders for purpose in each.notices.free]
    for names in (codes, purposes):
        if len(set(names)) < len(names):
            raise ValueError(f"not unique: {sorted(names)}")
    add_session_info(sessions, **{_HOLDERS: {each.code: each for each in holders}})


def holders_of(session: Session) -> Mapping[str, Holder]:
    """Return the registered holders by their code."""
    found: Mapping[str, Holder] = session_info(session, _HOLDERS)
    return found
