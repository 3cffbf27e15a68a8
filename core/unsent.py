"""Keep a form submitted after the session expired, encrypted, for one hour.

It is only shown again; its author looks at it and sends it.
"""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.crypto import Keyring, seal, unseal
from core.db import Base, UtcDateTime

KEPT = timedelta(hours=1)
"""Time to sign in, with the telephone in another room."""
MOST = 5
"""Forms kept of one owner; of more the oldest goes."""
Pairs = list[tuple[str, str]]


class UnsentForm(Base):
    """A form that could not be submitted, sealed."""

    __tablename__ = "core_unsent_form"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    owner: Mapped[str] = mapped_column(String(40), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info={"keyed": True})
    until: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


@dataclass(frozen=True)
class Unsent:
    """An opened form: where it was sent, what was in it, and whether there was more, which is not kept."""

    path: str
    pairs: Pairs
    is_incomplete: bool


def keep_unsent(session: Session, keyring: Keyring, unsent: Unsent, *, owner: str, now: datetime) -> uuid.UUID:
    """Keep *unsent* for `KEPT`; only the same *owner* finds it again."""
    mine = select(UnsentForm.id).where(UnsentForm.owner == owner)
    newest = mine.order_by(UnsentForm.until.desc(), UnsentForm.id).limit(MOST - 1)
    surplus = delete(UnsentForm).where(UnsentForm.owner == owner, UnsentForm.id.not_in(newest))
    session.execute(surplus.execution_options(synchronize_session=False))
    id = uuid.uuid4()
    text = json.dumps([unsent.path, unsent.pairs, unsent.is_incomplete], ensure_ascii=False)
    sealed = seal(keyring.key("unsent-form"), text, about=_about(id, owner))
    session.add(UnsentForm(id=id, owner=owner, sealed=sealed, until=now + KEPT))
    session.flush()
    return id


def find_unsent(session: Session, keyring: Keyring, id: uuid.UUID, *, owner: str, now: datetime) -> Unsent | None:
    """The form, opened; None when there is none of that owner (any more)."""
    row = session.get(UnsentForm, id)
    if row is None or row.owner != owner or row.until <= now:
        return None
    path, pairs, is_incomplete = json.loads(unseal(keyring.key("unsent-form"), row.sealed, about=_about(id, owner)))
    return Unsent(path, [(name, value) for name, value in pairs], is_incomplete)


def drop_unsent(session: Session, id: uuid.UUID, *, owner: str) -> None:
    """Forget a form of that owner."""
    session.execute(delete(UnsentForm).where(UnsentForm.id == id, UnsentForm.owner == owner))


def purge_unsent(session: Session, before: datetime) -> int:
    """Delete what was kept until *before*; returns how many."""
    result = session.execute(delete(UnsentForm).where(UnsentForm.until <= before))
    return int(getattr(result, "rowcount", 0))


def _about(id: uuid.UUID, owner: str) -> bytes:
    return id.bytes + owner.encode()
