"""What a room registers of the persons it holds data of, so that one desk serves every room."""

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
    """Another person of the same holder is known by these facts already."""


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
    """By which a person is found: a code alone, or name and phone together."""

    code: str | None = None
    name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class NewFacts:
    """What a correction puts in the place of what was wrong; None leaves year or unit as they are.

    `approval` is there wherever a name that was published changes: who agreed, or that one person decided alone.
    """

    name: str
    birth_year: int | None = None
    unit_id: int | None = None
    approval: Approval | None = None


@dataclass(frozen=True)
class Section:
    """What one table holds of somebody: its name there, its title for people, its rows as (label, value) pairs."""

    table: str
    title: str
    lines: list[Line]


@dataclass(frozen=True, kw_only=True)
class HolderWords:
    """Vietnamese words with which the desk speaks of a holder's people."""

    person: str
    keeper: str
    not_found: str
    taken: str
    withdrawn: str
    erasing: tuple[str, ...]
    child: str = ""
    unit: str = ""
    correcting: str = ""
    published: str = ""
    published_note: str = ""


def _nothing(_session: Session, _ids: Collection[uuid.UUID]) -> list[tuple[str, str]]:
    return []


def _nowhere(_session: Session, _ids: Collection[uuid.UUID]) -> list[tuple[int, str]]:
    return []


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A kind of person whose data a room holds, and how the desk reaches them. Ids are those of `DataSubject`.

    `code` stands for the holder in requests, consents and the log of erasures. `find` returns people whom staff of
    the given units answer for; `lock` locks them until the commit and reads them anew; `show` and `copy` read.
    `correct` puts `NewFacts` in place at that moment, or raises `FactsTaken`; `restrict` stops any use since then, None
    lets it begin again; `erase` deletes what names them or finds them, except for their key, their consents and their
    requests, which the desk knows itself. `list_erased` and `list_restricted` are what must hold after a restore.
    `units` are those that a correction may move them to; `published` is what the public was told under their name,
    as (what, words): where there is anything, a new name waits for a second person.
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
    units: Callable[[Session, Collection[uuid.UUID]], list[tuple[int, str]]] = _nowhere
    published: Callable[[Session, Collection[uuid.UUID]], list[tuple[str, str]]] = _nothing


def register_holders(sessions: sessionmaker[Session], holders: Iterable[Holder]) -> None:
    """Let every session that *sessions* makes know the holders of all rooms.

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
    """The registered holders by their code."""
    found: Mapping[str, Holder] = session_info(session, _HOLDERS)
    return found
