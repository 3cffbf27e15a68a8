"""The tables of requests of persons, their steps, and the people they are about."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models import Account
from commune.models import Unit
from core.crypto import digest
from core.db import Base, UtcDateTime
from privacy.rules.deadlines import Kind

CHANNELS = ("phone", "paper", "counter", "online")
OUTCOMES = ("done", "nothing", "mistaken")
DEEDS = (
    "received", "identified", "acknowledged", "exported", "corrected", "withdrawn", "restricted", "lifted", "erased",
    "answered", "agreed", "mistaken", "amended",
)  # fmt: skip
BEFOREHAND = ("received", "identified", "acknowledged", "amended")
"""Steps that do not answer the request yet."""


class PersonRequest(Base):
    """A request (yêu cầu của chủ thể dữ liệu) with its two legal days.

    The asker's name, phone and words are sealed: under the installation's key until the person is identified, then
    under their own key, so that an erasure reaches them.
    """

    __tablename__ = "privacy_request"
    __table_args__ = (
        CheckConstraint(f"kind IN {tuple(each.value for each in Kind)}", name="kind_known"),
        CheckConstraint(f"channel IN {CHANNELS}", name="channel_known"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="outcome_iff_answered"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    channel: Mapped[str] = mapped_column(String(10))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    acknowledge_by: Mapped[date]
    answer_by: Mapped[date] = mapped_column(index=True)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(10))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("core_person_key.id", ondelete="SET NULL"))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"keyed": True})

    unit: Mapped[Unit] = relationship()
    steps: Mapped[list["RequestStep"]] = relationship(order_by="RequestStep.id")
    subjects: Mapped[list["RequestSubject"]] = relationship()

    @property
    def due(self) -> date:
        """The next legal day: to acknowledge, then to answer."""
        return self.answer_by if self.acknowledged_at else self.acknowledge_by

    @property
    def fingerprint(self) -> str:
        """A digest of what is asked and about whom, 32 hexadecimal digits.

        The forms of a request carry it: a page that was opened before the request was amended must change nothing.
        """
        people = sorted(f"{each.holder}:{each.subject_id}" for each in self.subjects)
        return digest(self.kind, str(self.person_id), *people).hex()[:32]

    @property
    def may_be_amended(self) -> bool:
        """Whether staff wrote it down and nothing was done about it so far."""
        is_untouched = all(step.deed in BEFOREHAND for step in self.steps)
        return self.channel != "online" and self.answered_at is None and is_untouched

    @property
    def number(self) -> int:
        """Its number on the desk's pages, which tells requests of one day apart: that of its first step."""
        return min((step.id for step in self.steps), default=0)

    @property
    def is_put_off(self) -> bool:
        """Whether its erasure waits, with the person restricted meanwhile."""
        is_stopped = any(step.deed == "restricted" for step in self.steps)
        return self.kind == Kind.DELETE and self.answered_at is None and is_stopped


class RequestStep(Base):
    """A step of a request, its time, and the account; without an account the person acted themselves."""

    __tablename__ = "privacy_request_step"
    __table_args__ = (CheckConstraint(f"deed IN {DEEDS}", name="deed_known"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("privacy_request.id"), index=True)
    deed: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account_account.id", ondelete="SET NULL"))

    account: Mapped[Account | None] = relationship()


class RequestSubject(Base):
    """A person whom a request is about, by their holder and their id there; one person may be held several times.

    `unit_id` is the unit whose staff answer for them, as it was when they were identified.
    """

    __tablename__ = "privacy_request_subject"

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("privacy_request.id"), primary_key=True)
    holder: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"))
