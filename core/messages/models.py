"""The table of the outbox."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class MessageChannel(StrEnum):
    """The channel of a message."""

    MAIL = "mail"
    SMS = "sms"
    WEBHOOK = "webhook"


class Message(Base):
    """A message to send; recipient and text are sealed, and deleted some days after its end."""

    __tablename__ = "core_message"
    __table_args__ = (
        CheckConstraint(f"channel IN {tuple(channel.value for channel in MessageChannel)}", name="channel_known"),
        CheckConstraint("state IN ('queued', 'sent', 'failed')", name="state_known"),
        CheckConstraint("(state = 'queued') = (expires_on IS NULL)", name="ended_ones_expire"),
        Index("ix_core_message_state_due_at", "state", "due_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    channel: Mapped[str] = mapped_column(String(10))
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info={"keyed": True})
    state: Mapped[str] = mapped_column(String(10), default="queued")
    is_bulk: Mapped[bool] = mapped_column(default=False, server_default=false())
    """One of many of an announcement: sent by day alone, after all single messages."""
    attempts: Mapped[int] = mapped_column(default=0)
    token: Mapped[uuid.UUID | None]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    trouble: Mapped[str] = mapped_column(String(120), default="")
    """The last error, without any content of the message."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expires_on: Mapped[date | None] = mapped_column(index=True)
