"""The tables of announcements: text messages of a contest to those who agreed, each phone once."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models import Approval
from core.db import Base, UtcDateTime
from quiz.contest.models import Contest, Round

QUEUED, SENT, FAILED, STOPPED = STATES = ("queued", "sent", "failed", "stopped")
"""The states of a phone's message: still to be sent, sent, given up, taken back since its owner wants no more."""


class Announcement(Base):
    """A text message to the participants of a contest who agreed to be written to.

    With `round`, to those alone who have not taken part in it. `posted_at` is when the last phone was put into the
    outbox; until then a job goes on with it.
    """

    __tablename__ = "quiz_announcement"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("quiz_round.id"))
    text: Mapped[str] = mapped_column(String(300))
    is_plain: Mapped[bool]
    has_link: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approval_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account_approval.id"), index=True)

    contest: Mapped[Contest] = relationship()
    round: Mapped[Round | None] = relationship()
    approval: Mapped[Approval | None] = relationship()


class AnnouncedPhone(Base):
    """A phone that an announcement went to, by its keyed hash: the key keeps a second message from it.

    `participant_id` is the first of the people on the phone, None once they are erased. `state` is that of the message
    when it was last read; while the outbox has it, its own is newer.
    """

    __tablename__ = "quiz_announced_phone"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        {"sqlite_with_rowid": False},
    )

    announcement_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("quiz_announcement.id", ondelete="CASCADE"), primary_key=True
    )
    phone_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, info={"keyed": True})
    participant_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("quiz_participant.id"), index=True)
    message_id: Mapped[uuid.UUID | None]
    state: Mapped[str] = mapped_column(String(10), default=QUEUED)
