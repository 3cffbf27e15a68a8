"""A request for the approval of a second person; the action is done only when it is approved."""

import json
import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models.account import Account
from account.rules.chain import Plain
from account.rules.relation import Kinship, Relation, read_kinship
from commune.models import Unit
from core.db import Base, UtcDateTime

PENDING, APPROVED, REFUSED, WITHDRAWN, EXPIRED, FAILED = STATES = (
    "pending", "approved", "refused", "withdrawn", "expired", "failed",
)  # fmt: skip
RELATIONS = tuple(relation.value for relation in Relation)
DECIDED = (APPROVED, REFUSED, FAILED)
"""The states after an answer by another account; a failed request was approved when its action was no longer
possible.
"""


class Approval(Base):
    """A request for a sensitive action with its outcome, or the record of an action that one person did alone.

    The rows that the action makes refer to it by a foreign key, so that a page can always show who approved.
    """

    __tablename__ = "account_approval"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint(f"related IN {RELATIONS}", name="related_known"),
        CheckConstraint(
            f"related = '{Relation.ALONE}' OR decided_by_id IS NULL OR decided_by_id <> asked_by_id",
            name="decided_by_another",
        ),
        CheckConstraint(
            f"related <> '{Relation.ALONE}' OR (state = 'approved' AND "
            "coalesce(decided_by_id, 0) = coalesce(asked_by_id, 0))",
            name="alone_is_by_the_asker",
        ),
        CheckConstraint(
            f"(state IN {DECIDED}) = (decided_by_id IS NOT NULL) OR asked_by_id IS NULL", name="decided_by_somebody"
        ),
        CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="open_until_decided"),
        Index(
            "uq_account_approval_pending", "action", "kind", "subject_id", unique=True,
            sqlite_where=text("state = 'pending'"), postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_account_approval_unit", "unit_id", "state"),
        Index("ix_account_approval_expires", "state", "expires_on"),
        Index("ix_account_approval_subject", "kind", "subject_id"),
    )  # fmt: skip

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    action: Mapped[str] = mapped_column(String(30))
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"))
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(300))
    payload: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(500))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_account.id"))
    """None: the system acted alone, or the account was removed with the demo; the approver may be unknown then too."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default=PENDING)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(String(500), default="")
    related: Mapped[str] = mapped_column(String(10), default=Relation.NONE, server_default=Relation.NONE)
    """The relation of the answering account to the requester at the time of the answer (`Relation`)."""
    kin: Mapped[str] = mapped_column(Text, default="", server_default="")
    """How the two were related then (`kinship_text`); empty in approvals from before this was stored."""

    unit: Mapped[Unit] = relationship()
    asked_by: Mapped[Account | None] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def asker(self) -> Account:
        """Return the account that made the request; raises LookupError if no account did."""
        if self.asked_by is None:
            raise LookupError(self.id)
        return self.asked_by

    @property
    def details(self) -> dict[str, Plain]:
        """The data that the action needs besides its subject: ids and digests, no names."""
        found: dict[str, Plain] = json.loads(self.payload)
        return found

    @property
    def kinship(self) -> Kinship | None:
        """How the two accounts were related, if that was stored."""
        return read_kinship(self.kin)

    def is_open_on(self, today: date) -> bool:
        """Whether the request may still be answered; the last day counts."""
        return self.state == PENDING and today <= self.expires_on
