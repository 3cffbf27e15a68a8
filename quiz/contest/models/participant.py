"""Participants: identified by keyed hashes, with their data under a key of their own that can be deleted."""

import uuid
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commune.models import Unit
from core.db import Base, UtcDateTime
from quiz.contest.models.contest import Contest

NAME_VERSION = 2
"""The present rule: `core.values.names.name_key`; before, names were folded as every text."""


class Participant(Base):
    """A participant of a contest = (contest, keyed hash of the phone, folded name, birth year).

    A family shares a phone: each participant takes a slot of it, so that the limit is a constraint rather than a count
    that two requests read at once. One beyond the limit has none until they confirm. `name_version` tells by which rule
    the name was folded for its hashes. From `restricted_at` on their data may not be shown or used.

    `verified_at` is when the phone was confirmed, by a call or a code; `confirmed_at` when the person was, by the means
    that the contest declares (an entry card or a phone code). The hashes of the name without marks, with the birth year
    and without it, are compared with a roster; None for those who registered before rosters decided.
    """

    __tablename__ = "quiz_participant"
    __table_args__ = (
        UniqueConstraint("contest_id", "identity_hash"),
        UniqueConstraint("contest_id", "phone_hash", "phone_slot"),
        ForeignKeyConstraint(["contest_id", "bloc"], ["quiz_bloc.contest_id", "quiz_bloc.position"]),
        Index("ix_quiz_participant_bare_name", "contest_id", "bare_name_hash"),
        CheckConstraint("phone_slot BETWEEN 1 AND 50", name="phone_slot_sensible"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("core_person_key.id", ondelete="SET NULL"))
    identity_hash: Mapped[bytes] = mapped_column(LargeBinary(32), info={"keyed": True})
    phone_hash: Mapped[bytes] = mapped_column(LargeBinary(32), info={"keyed": True})
    phone_slot: Mapped[int | None] = mapped_column(SmallInteger)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, info={"keyed": True})
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info={"keyed": True})
    may_be_child: Mapped[bool]
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    restricted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    name_version: Mapped[int] = mapped_column(SmallInteger, default=NAME_VERSION, server_default="1")
    name_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), info={"keyed": True})
    bare_name_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), info={"keyed": True})
    is_rehearsal: Mapped[bool] = mapped_column(default=False, server_default=false())
    code_renewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the organiser last gave a new personal code, after a call."""

    extra: Mapped[bytes | None] = mapped_column(LargeBinary, info={"keyed": True})
    """Their answers to the fields that the contest asks besides, sealed under their own key; None without any."""
    bloc: Mapped[int | None] = mapped_column(SmallInteger)
    """The number of the bloc that they chose at registration; None where the contest has none."""

    unit: Mapped[Unit] = relationship()
    contest: Mapped[Contest] = relationship()


class ParticipantWord(Base):
    """A keyed hash of one whole folded word of a participant's name, by which the name can be searched but not read."""

    __tablename__ = "quiz_participant_word"

    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), primary_key=True)
    word_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, index=True, info={"keyed": True})


class ParticipantVersion(Base):
    """The data of a participant before a correction, sealed under their own key, with the unit of that time."""

    __tablename__ = "quiz_participant_version"

    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info={"keyed": True})
    until: Mapped[datetime] = mapped_column(UtcDateTime)
