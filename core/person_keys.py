"""One key and one salt per person: their data is sealed under the key and erased by deleting it."""

import secrets
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.crypto import Keyring, RandomBytes, opener_of_wrapped, seal, unseal
from core.db import Base


class PersonKey(Base):
    """A person's key, itself sealed under the master key, and the salt of their commitments in the log."""

    __tablename__ = "core_person_key"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary, info={"keyed": True})
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))


@dataclass(frozen=True)
class Person:
    """A person's decrypted key, which seals and unseals that person's values."""

    id: uuid.UUID
    key: bytes
    salt: bytes

    def seal(self, text: str, *, random: RandomBytes = secrets.token_bytes) -> bytes:
        """Seal *text* under this person's key, bound to this person."""
        return seal(self.key, text, about=self.id.bytes, random=random)

    def unseal(self, sealed: bytes) -> str:
        """Decrypt what `seal` encrypted; raises `core.crypto.SealBroken`."""
        return unseal(self.key, sealed, about=self.id.bytes)


def create_person(
    session: Session, keyring: Keyring, *, id: uuid.UUID | None = None, random: RandomBytes = secrets.token_bytes
) -> Person:
    """Add a person with a random key and salt to the session; the caller flushes."""
    person = new_person(id=id, random=random)
    session.add(PersonKey(**key_values(keyring, person, random=random)))
    return person


def new_person(*, id: uuid.UUID | None = None, random: RandomBytes = secrets.token_bytes) -> Person:
    """Return a person with a random key and salt, not stored."""
    return Person(id=id or uuid.uuid4(), key=random(32), salt=random(16))


def key_values(keyring: Keyring, person: Person, *, random: RandomBytes = secrets.token_bytes) -> dict[str, Any]:
    """Return the values of a person's row in `core_person_key`."""
    wrapped = seal(keyring.key("persons"), person.key.hex(), about=person.id.bytes, random=random)
    return {"id": person.id, "wrapped": wrapped, "salt": person.salt}


def find_person(session: Session, keyring: Keyring, id: uuid.UUID | None) -> Person | None:
    """Return the person; None when there is none, or when their key was deleted (erased)."""
    row = session.get(PersonKey, id) if id else None
    return open_person(keyring, row) if row else None


def opener_of_persons(keyring: Keyring) -> Callable[[Iterable[tuple[bytes, bytes, bytes]]], list[bytes]]:
    """Return a function that decrypts what persons sealed, from the id, the wrapped key and the sealed bytes of each.

    It makes no row and no object of a person, for the many of a large round; it raises `core.crypto.SealBroken`.
    """
    return opener_of_wrapped(keyring.key("persons"))


def open_person(keyring: Keyring, row: PersonKey) -> Person:
    """Open the key in *row*; raises `core.crypto.SealBroken` under another master key."""
    key = bytes.fromhex(unseal(keyring.key("persons"), row.wrapped, about=row.id.bytes))
    return Person(id=row.id, key=key, salt=row.salt)
