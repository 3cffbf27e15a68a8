"""A small second holder for tests: people who wrote letters to an office, kept in memory under their keys."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from core.person_keys import create_person, find_person
from core.web.extensions import db
from privacy.models.holder import (
    Contact,
    DataSubject,
    FactsTaken,
    Holder,
    HolderWords,
    Section,
    SubjectCard,
    holders_of,
    register_holders,
)
from privacy.rules.consent import ConsentNotices

LETTER = "letter"
NOTICES = ConsentNotices(
    wording="1",
    notices={"1": {"printed": "Cho phép in thư trên bản tin"}},
    names={"printed": "In thư trên bản tin"},
    free=("printed",),
    of_adults=frozenset({"printed"}),
)
WORDS = HolderWords(
    person="Người viết thư",
    keeper="hòm thư",
    not_found="Không có thư nào của người ấy.",
    taken="Đã có người viết thư trùng tên.",
    withdrawn="Đã rút việc in thư; đã trả lời yêu cầu.",
    erasing=("Tên người viết mất, thư vẫn còn.",),
    child="có thể là trẻ em",
    published="Thư đã in",
    published_note="Thư của người này đã in: sửa tên cần một người khác phê duyệt.",
)


@dataclass
class Writer:
    """Somebody who wrote a letter."""

    id: uuid.UUID
    person_id: uuid.UUID | None
    unit_id: int
    sealed: bytes
    phone: str
    text: str
    restricted_at: datetime | None = None
    printed_in: str = ""

    @property
    def subject(self) -> DataSubject:
        return DataSubject(LETTER, self.id, self.person_id, self.unit_id, False, self.restricted_at, self.sealed)


class LetterBox:
    """The writers of letters, and their holder."""

    def __init__(self):
        self.writers = {}
        self.stopped = []

    def write(self, session, keyring, *, unit_id, name, phone, text) -> Writer:
        """Keep a letter of somebody new."""
        person = create_person(session, keyring)
        writer = Writer(uuid.uuid4(), person.id, unit_id, person.seal(name), phone, text)
        self.writers[writer.id] = writer
        session.flush()
        return writer

    @property
    def holder(self) -> Holder:
        return Holder(
            code=LETTER,
            words=WORDS,
            notices=NOTICES,
            find=self.find,
            lock=self.lock,
            show=self.show,
            copy=self.copy,
            correct=self.correct,
            restrict=self.restrict,
            withdrawn=lambda _session, ids: self.stopped.extend(ids),
            erase=self.erase,
            list_erased=self.list_erased,
            list_restricted=self.list_restricted,
            published=self.published,
        )

    def _of(self, ids):
        return [self.writers[id] for id in sorted(ids) if id in self.writers]

    def _name(self, session, keyring, writer):
        person = find_person(session, keyring, writer.person_id)
        return person.unseal(writer.sealed) if person else None

    def find(self, session, keyring, clues, within):
        return [
            writer.subject
            for writer in self.writers.values()
            if writer.phone == clues.phone
            and self._name(session, keyring, writer) == clues.name
            and writer.unit_id in within
        ]

    def lock(self, _session, ids):
        return [writer.subject for writer in self._of(ids)]

    def show(self, session, keyring, ids):
        found = [(writer, self._name(session, keyring, writer)) for writer in self._of(ids)]
        return [
            SubjectCard(
                writer.subject, "Hòm thư xã", "UBND xã", None, Contact(name, writer.phone, None) if name else None
            )
            for writer, name in found
        ]

    def copy(self, _session, _keyring, ids):
        return [Section("letter", "Thư đã gửi", [[("Lời thư", writer.text)] for writer in self._of(ids)])]

    def correct(self, session, keyring, ids, facts, _now):
        others = [writer for writer in self.writers.values() if writer.id not in ids]
        if any(self._name(session, keyring, other) == facts.name for other in others):
            raise FactsTaken
        for writer in self._of(ids):
            writer.sealed = find_person(session, keyring, writer.person_id).seal(facts.name)

    def restrict(self, _session, ids, moment):
        for writer in self._of(ids):
            writer.restricted_at = moment

    def erase(self, _session, _keyring, ids, _now):
        for writer in self._of(ids):
            writer.person_id, writer.sealed, writer.phone = None, b"", ""

    def list_erased(self, _session):
        return [writer.id for writer in self.writers.values() if writer.person_id is None]

    def list_restricted(self, _session):
        return [(each.id, each.restricted_at) for each in self.writers.values() if each.restricted_at]

    def published(self, _session, ids):
        return [(writer.printed_in, "") for writer in self._of(ids) if writer.printed_in]


@contextmanager
def registered(app) -> Iterator[LetterBox]:
    """A letter box that the desk of *app* serves beside the holders of the rooms."""
    box = LetterBox()
    with app.app_context():
        sessions, before = db.sessionmaker, db.sessionmaker.kw["info"]
        register_holders(sessions, [*holders_of(sessions()).values(), box.holder])
    try:
        yield box
    finally:
        sessions.configure(info=before)
