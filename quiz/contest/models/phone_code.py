"""The code that was sent to a participant's phone, as a keyed hash, with the limits of sending and trying."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class PhoneCode(Base):
    """The newest code of a participant: when it was sent, how often it was tried, and the messages of the day.

    The limits belong to one participant, so that other registrations on a phone never lock its owner out.
    """

    __tablename__ = "quiz_phone_code"
    __table_args__ = (CheckConstraint("tries >= 0 AND sends >= 0", name="counts_not_negative"),)

    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), info={"keyed": True})
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(SmallInteger)
    day: Mapped[date]
    sends: Mapped[int] = mapped_column(SmallInteger)


class SmsDay(Base):
    """The text messages that a contest sent on a local day."""

    __tablename__ = "quiz_sms_day"

    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    sends: Mapped[int] = mapped_column(default=0)
