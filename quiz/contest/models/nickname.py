"""Nicknames of participants, which stand in public for those who did not agree to be named."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime

LONGEST_REASON = 300


class Nickname(Base):
    """A participant's nickname, sealed under their key; None once they took it back.

    The keyed hash lets a contest have each nickname once. `struck_at` and `reason` are of the organiser's last strike,
    until they choose anew; what was struck stays for its owner to read.
    """

    __tablename__ = "quiz_nickname"
    __table_args__ = (
        UniqueConstraint("contest_id", "key_hash"),
        CheckConstraint("choices >= 1 AND strikes >= 0", name="counts_sensible"),
        CheckConstraint("struck_at IS NULL OR strikes >= 1", name="struck_is_counted"),
    )

    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"keyed": True})
    key_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), info={"keyed": True})
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    choices: Mapped[int] = mapped_column(SmallInteger, default=1)
    strikes: Mapped[int] = mapped_column(SmallInteger, default=0)
    struck_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="", server_default="")
