"""Stored state of imports: the file under review, the meaning of its columns, and which lines were imported.

No row joins a line of a sheet to what was stored from it: an imported line is identified by a keyed hash alone.
"""

import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import JSON, LargeBinary, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.crypto import Keyring, digest, seal_bytes, unseal_bytes
from core.db import Base, changed_rows, parts
from core.values.text import clean

KEPT = timedelta(days=1)
_LONGEST_NAME = 200
_END_OF_NAME = b"\0"


class SheetDraft(Base):
    """An uploaded sheet under review, sealed; deleted after a day, or after its request for approval expires."""

    __tablename__ = "core_sheet_draft"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    owner: Mapped[str] = mapped_column(String(40))
    purpose: Mapped[str] = mapped_column(String(60))
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info={"keyed": True})
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    expires_on: Mapped[date] = mapped_column(index=True)


class SheetMapping(Base):
    """The meaning of the columns of an owner's sheets with these headers."""

    __tablename__ = "core_sheet_mapping"

    owner: Mapped[str] = mapped_column(String(40), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(60), primary_key=True)
    header_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    places: Mapped[dict[str, int]] = mapped_column(JSON)


class ImportedLine(Base):
    """A line of a sheet that was imported: the same line is not imported twice."""

    __tablename__ = "core_imported_line"
    __table_args__ = {"sqlite_with_rowid": False}  # no row order: it would reveal the order of arrival

    line_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, info={"keyed": True})


@dataclass(frozen=True)
class StoredSheet:
    """A decrypted draft: the file as it was uploaded, and the choices made so far."""

    id: uuid.UUID
    name: str
    data: bytes
    choices: dict[str, Any]


def keep_draft(
    session: Session, keyring: Keyring, *, owner: str, purpose: str, name: str, data: bytes, today: date
) -> uuid.UUID:
    """Store *data* sealed until tomorrow; only the same *owner* and *purpose* can read it."""
    id = uuid.uuid4()
    named = clean(name)[:_LONGEST_NAME].encode() + _END_OF_NAME + data  # a file's name may contain a person's
    sealed = seal_bytes(keyring.key("sheet-draft"), named, about=id.bytes)
    session.add(SheetDraft(id=id, owner=owner, purpose=purpose, sealed=sealed, expires_on=today + KEPT))
    session.flush()
    return id


def find_draft(
    session: Session, keyring: Keyring, id: uuid.UUID, *, owner: str, purpose: str, today: date
) -> StoredSheet | None:
    """Return the decrypted draft; None when it is missing or expired, or of another owner or purpose."""
    row = session.get(SheetDraft, id)
    if row is None or (row.owner, row.purpose) != (owner, purpose) or row.expires_on < today:
        return None
    name, _, data = unseal_bytes(keyring.key("sheet-draft"), row.sealed, about=id.bytes).partition(_END_OF_NAME)
    return StoredSheet(id, name.decode(), data, dict(row.choices))


def choose(session: Session, draft: StoredSheet, **choices: Any) -> StoredSheet:
    """Add *choices* (JSON values) to those of *draft*; does nothing when the draft was decided meanwhile."""
    chosen = draft.choices | choices
    session.execute(update(SheetDraft).where(SheetDraft.id == draft.id).values(choices=chosen))
    return StoredSheet(draft.id, draft.name, draft.data, chosen)


def keep_until(session: Session, id: uuid.UUID, day: date) -> None:
    """Keep a draft until the end of *day*, while its import waits for a second person."""
    session.execute(update(SheetDraft).where(SheetDraft.id == id, SheetDraft.expires_on < day).values(expires_on=day))


def drop_draft(session: Session, id: uuid.UUID) -> None:
    """Delete a draft."""
    session.execute(delete(SheetDraft).where(SheetDraft.id == id))


def is_decided(session: Session, id: uuid.UUID) -> bool:
    """Whether the draft is gone: imported or dropped, for example in another window."""
    return session.scalar(select(SheetDraft.id).where(SheetDraft.id == id)) is None


def purge_drafts(session: Session, today: date) -> int:
    """Delete expired drafts; returns how many."""
    return changed_rows(session, delete(SheetDraft).where(SheetDraft.expires_on < today))


def find_mapping(session: Session, *, owner: str, purpose: str, header: Iterable[str]) -> dict[str, int] | None:
    """Return the remembered mapping for these headers: name → position from 0; None if there is none."""
    row = session.get(SheetMapping, (owner, purpose, digest(*header)))
    return dict(row.places) if row else None


def remember_mapping(
    session: Session, *, owner: str, purpose: str, header: Iterable[str], places: Mapping[str, int]
) -> None:
    """Store the meaning of columns with these headers, replacing an earlier one."""
    session.merge(SheetMapping(owner=owner, purpose=purpose, header_hash=digest(*header), places=dict(places)))
    session.flush()


def line_hashes(keyring: Keyring, target: str, lines: Iterable[Collection[object]]) -> list[bytes]:
    """Return a keyed hash (32 bytes) of each line of values, within *target* (say a round).

    Equal lines of one sheet differ by their ordinal, so two alike stay two, also when the sheet is imported again.
    Values are JSON's: text, whole numbers, None, lists of them.
    """
    seen: dict[str, int] = {}
    hashes = []
    for line in lines:
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        seen[text] = seen.get(text, 0) + 1
        hashes.append(keyring.mac("sheet-line", target, text, str(seen[text])))
    return hashes


def known_lines(session: Session, hashes: Collection[bytes]) -> set[bytes]:
    """Return those of *hashes* that were imported before."""
    known: set[bytes] = set()
    for part in parts(hashes):
        known.update(session.scalars(select(ImportedLine.line_hash).where(ImportedLine.line_hash.in_(part))))
    return known


def remember_lines(session: Session, hashes: Iterable[bytes]) -> None:
    """Store lines as imported; raises IntegrityError when another import stores one at the same moment.

    All imports insert in the same order, so that two with equal lines can't deadlock.
    """
    rows = [{"line_hash": each} for each in sorted(hashes)]
    if rows:
        session.execute(ImportedLine.__table__.insert(), rows)  # type: ignore[attr-defined]
