"""Attempts, their answers, the counted entry, and the tally."""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models import Account
from core.db import Base, UtcDateTime
from quiz.attempt.rules.sheet_proof import SET_ASIDE
from quiz.contest.models.contest import Round
from quiz.contest.models.participant import Participant

MODES = ("self", "assisted", "paper", "sheet", "undated")
"""`sheet`: imported with the times in an office's spreadsheet; `undated`: imported without a time, and `submitted_at`
is only the latest possible one.
"""
UNDATED = "undated"
SHEETS = ("sheet", UNDATED)
"""Modes of papers that came by sheet."""
TIMED = ("self", "sheet", UNDATED)
"""Modes whose own duration counts."""


class Attempt(Base):
    """A paper that was begun; once submitted it is a turn (lượt dự thi). Commitments bind it before the results are
    known.
    """

    __tablename__ = "quiz_attempt"
    __table_args__ = (
        UniqueConstraint("round_id", "participant_id", "ordinal"),
        Index("ix_quiz_attempt_participant", "participant_id"),
        CheckConstraint("deadline_at > started_at", name="has_time"),
        CheckConstraint("submitted_at IS NULL OR submitted_at >= started_at", name="submitted_after_start"),
        CheckConstraint("(submitted_at IS NULL) = (receipt_hash IS NULL)", name="receipt_iff_submitted"),
        CheckConstraint("(submitted_at IS NULL) = (correct IS NULL)", name="marked_iff_submitted"),
        CheckConstraint(f"mode IN {MODES}", name="mode_known"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"))
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"))
    ordinal: Mapped[int] = mapped_column(SmallInteger)
    mode: Mapped[str] = mapped_column(String(8), default="self")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deadline_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    duration_ms: Mapped[int | None]
    correct: Mapped[int | None] = mapped_column(SmallInteger)
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True, info={"keyed": True})
    person_commitment: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    answers_commitment: Mapped[bytes | None] = mapped_column(LargeBinary(32))

    round: Mapped[Round] = relationship()
    participant: Mapped[Participant] = relationship()
    sheet: Mapped["AnswerSheet | None"] = relationship(back_populates="attempt")


class AttemptEvidence(Base):
    """The device and the address that an attempt was begun with, as hashes keyed per round; deleted after 14 days.

    It lies apart from the attempt so that deleting it leaves nothing behind, and serves the review before the calls
    alone. An imported or assisted attempt has none.
    """

    __tablename__ = "quiz_attempt_evidence"
    __table_args__ = {"sqlite_with_rowid": False}

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_attempt.id", ondelete="CASCADE"), primary_key=True)
    device_hash: Mapped[bytes] = mapped_column(LargeBinary(32), info={"keyed": True})
    address_hash: Mapped[bytes] = mapped_column(LargeBinary(32), info={"keyed": True})
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class AttemptDraft(Base):
    """The answers of a running attempt as its page last sent them, and how often; deleted the day after its time.

    They are never marked or counted. No time is stored beside them.
    """

    __tablename__ = "quiz_attempt_draft"

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_attempt.id", ondelete="CASCADE"), primary_key=True)
    answers: Mapped[str] = mapped_column(Text)
    saves: Mapped[int] = mapped_column(SmallInteger)


class AnswerSheet(Base):
    """The answers of an attempt and its guess, stored without a time. The salt is to be published with the results.

    `answers` are letters by round question. `format` is what the commitment covers: 2 these answers, 1 (attempts from
    before the question bank) the letters by position in the round.
    """

    __tablename__ = "quiz_answer_sheet"
    __table_args__ = (CheckConstraint("format IN (1, 2)", name="format_known"),)

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_attempt.id"), primary_key=True)
    answers: Mapped[str] = mapped_column(Text)
    format: Mapped[int] = mapped_column(SmallInteger, default=2)
    guess: Mapped[int | None]
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))

    attempt: Mapped[Attempt] = relationship(back_populates="sheet")


class PaperPrint(Base):
    """The questions of a round as sheets were printed from them (`rules.printed`), without their key; kept with them.

    A sheet is decoded by its print; later changes of the round do not matter. Equal prints of a round are one row.
    """

    __tablename__ = "quiz_paper_print"
    __table_args__ = (UniqueConstraint("round_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    content: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PaperSheet(Base):
    """A printed paper sheet of a round; its id is that of the attempt that it becomes, which gives its order.

    Two accounts key it in one after the other. What was keyed in is sealed until both have, and while the sheet asks
    the participant whom it names whether it is theirs (0102); then it is gone. `is_late` is one that was finished after
    the close; `differed` is the most fields in which the two differed.
    """

    __tablename__ = "quiz_paper_sheet"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        UniqueConstraint("printed_for_id", "print_id"),
        CheckConstraint("sealed IS NULL OR first_by_id IS NOT NULL", name="keyed_by_somebody"),
        CheckConstraint("second_by_id IS NULL OR sealed IS NULL OR asked_id IS NOT NULL", name="kept_until_settled"),
        CheckConstraint("(asked_id IS NULL) = (asked_at IS NULL)", name="asked_since"),
        CheckConstraint(f"set_aside IN {tuple(str(each) for each in SET_ASIDE)}", name="set_aside_known"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"))
    number: Mapped[int]
    print_id: Mapped[int | None] = mapped_column(ForeignKey("quiz_paper_print.id"), index=True)
    """Its print; None for one that an earlier version printed without keeping that."""
    first_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_account.id"))
    second_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_account.id"))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"keyed": True})
    is_late: Mapped[bool] = mapped_column(default=False, server_default=false())
    differed: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    guess_in_time: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the guess of the first reading was keyed in before the close (0091)."""
    printed_for_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("quiz_participant.id"))
    """The participant whose name and code were printed on it; None for one that anybody may fill in."""
    asked_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("quiz_participant.id"), index=True)
    """The participant who was, or still is, asked whether it is theirs."""
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the second account finished it, which is the moment of its paper if they say yes."""
    registers: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it counts because it registered its person, who may still say that it is not theirs (0112)."""
    set_aside: Mapped[str | None] = mapped_column(String(12))
    """Why it does not count (`rules.sheet_proof.SET_ASIDE`)."""

    round: Mapped[Round] = relationship()
    printed: Mapped[PaperPrint | None] = relationship()
    first_by: Mapped[Account | None] = relationship(foreign_keys=[first_by_id])
    second_by: Mapped[Account | None] = relationship(foreign_keys=[second_by_id])
    printed_for: Mapped[Participant | None] = relationship(foreign_keys=[printed_for_id])


class AttemptHelp(Base):
    """The name of the person who helped with an attempt on their phone, sealed; deleted after 90 days."""

    __tablename__ = "quiz_attempt_help"

    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_attempt.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info={"keyed": True})


class Entry(Base):
    """The one attempt of a participant in a round that counts (bài dự thi được tính), with the guess that binds."""

    __tablename__ = "quiz_entry"

    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"), primary_key=True)
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), primary_key=True)
    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_attempt.id"), unique=True)
    guess: Mapped[int | None]

    attempt: Mapped[Attempt] = relationship()
    participant: Mapped[Participant] = relationship()


class Tally(Base):
    """Participation of a unit in a round by local day and bloc, so that "đến hết hôm qua" is a sum of finished days.

    `bloc` is 0 in a contest without blocs.
    """

    __tablename__ = "quiz_tally"

    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    bloc: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=0, autoincrement=False)
    turns: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    perfect: Mapped[int] = mapped_column(default=0)
