"""The review of a closed round: the clusters of entries that signs join, and the decision on each."""

import uuid
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models import Approval
from core.db import Base, UtcDateTime
from quiz.results.rules.decisions import DECISIONS, OPEN


class RoundReview(Base):
    """The search for clusters at a round's close: how many entries it saw, and the two times that it measured them by.

    A round that was closed before there were reviews has none.
    """

    __tablename__ = "quiz_review"

    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"), primary_key=True)
    entries: Mapped[int]
    reading_ms: Mapped[int]
    tapping_ms: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EntryCluster(Base):
    """Entries that a person decides on together; `signs` are (sign, entries here, entries in the round).

    A strong cluster is to be decided before the calls; a weak one, like a family's, may stay open.
    """

    __tablename__ = "quiz_cluster"
    __table_args__ = (
        CheckConstraint(f"decision IN {DECISIONS}", name="decision_known"),
        CheckConstraint("(decision = 'open') = (decided_at IS NULL)", name="decided_at_some_time"),
        CheckConstraint("number >= 1 AND size >= 1", name="counts_sensible"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_review.round_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int]
    perfect: Mapped[int]
    is_strong: Mapped[bool]
    signs: Mapped[list[tuple[str, int, int]]] = mapped_column(JSON)
    decision: Mapped[str] = mapped_column(String(8), default=OPEN)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approval_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account_approval.id"), index=True)

    approval: Mapped[Approval | None] = relationship()


class ClusterEntry(Base):
    """An entry of a cluster; an entry is in one cluster at most."""

    __tablename__ = "quiz_cluster_entry"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "number"], ["quiz_cluster.round_id", "quiz_cluster.number"]),
        Index("ix_quiz_cluster_entry_number", "round_id", "number"),
    )

    round_id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), primary_key=True)
    number: Mapped[int]
