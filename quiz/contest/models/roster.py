"""The roster of a contest: a list of participants that can be compared with but not read."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commune.models import Unit
from core.db import Base, UtcDateTime
from quiz.contest.models.contest import Contest


class RosterPerson(Base):
    """A person on the roster (danh sách người dự thi), by keyed hashes alone.

    `identity_hash` and `phone_hash` are those of a participant who registers with the same phone, name and birth year;
    without a phone `phone_hash` is None and the unit takes its place in the identity. `name_hash` is of the name
    without marks and the birth year, for participants who registered with another phone. `id` is random, for the log of
    erasures.
    """

    __tablename__ = "quiz_roster_person"
    __table_args__ = (
        Index("ix_quiz_roster_person_name_hash", "contest_id", "name_hash"),
        Index("ix_quiz_roster_person_phone_hash", "contest_id", "phone_hash"),
        {"sqlite_with_rowid": False},  # no row order: it would reveal the order of the sheet
    )

    id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"), primary_key=True)
    identity_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, info={"keyed": True})
    name_hash: Mapped[bytes] = mapped_column(LargeBinary(32), info={"keyed": True})
    phone_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), info={"keyed": True})
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("commune_unit.id"))
    bloc: Mapped[str] = mapped_column(String(100), default="")
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)

    contest: Mapped[Contest] = relationship()
    unit: Mapped[Unit | None] = relationship()
