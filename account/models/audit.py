"""The audit trail: who did what, when, to what, and why. Triggers refuse everything but INSERT."""

import json
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from account.rules.chain import Plain, moment_text
from core.db import Base, UtcDateTime

ACTORS = ("account", "terminal", "system")


class AuditEntry(Base):
    """An action in the audit trail. Ids are plain values without a reference, since an entry outlives its subject.

    Personal values are only in `sealed`, under the key of `person_id`. The chain covers the sealed bytes, so that it
    stays whole when the key is deleted.
    """

    __tablename__ = "account_audit"
    __table_args__ = (
        CheckConstraint(f"actor IN {ACTORS}", name="actor_known"),
        CheckConstraint("(actor = 'account') = (account_id IS NOT NULL)", name="account_iff_somebody"),
        CheckConstraint("(sealed IS NULL) = (person_id IS NULL)", name="sealed_under_a_key"),
        CheckConstraint("number >= 1", name="numbered_from_one"),
        Index("ix_account_audit_unit", "unit_id", "number"),
        Index("ix_account_audit_account", "account_id", "number"),
        Index("ix_account_audit_action", "action", "number"),
        Index("ix_account_audit_actor", "actor", "number"),
        Index("ix_account_audit_at", "at"),
        Index("ix_account_audit_person", "person_id"),
        Index("ix_account_audit_subject", "kind", "subject_id"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(10))
    account_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(30))
    unit_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(300))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(500))
    person_id: Mapped[uuid.UUID | None]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info={"keyed": True})
    previous: Mapped[bytes] = mapped_column(LargeBinary(32), info={"keyed": True})
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), info={"keyed": True})

    @property
    def values(self) -> dict[str, object]:
        """All values that the hash covers, without the hash of the previous entry."""
        return {
            "number": self.number, "at": moment_text(self.at), "actor": self.actor, "account": self.account_id,
            "action": self.action, "unit": self.unit_id, "kind": self.kind, "id": self.subject_id,
            "subject": self.subject, "before": self.before, "after": self.after, "reason": self.reason,
            "person": self.person_id.hex if self.person_id else None,
            "sealed": self.sealed.hex() if self.sealed else None,
        }  # fmt: skip

    @property
    def subject_account(self) -> int | None:
        """The account that is the subject, if the subject is an account."""
        is_account = self.kind == "account.account" and self.subject_id.isdecimal()
        return int(self.subject_id) if is_account else None

    @property
    def accounts(self) -> set[int]:
        """The ids of all accounts in it."""
        asked_by = json.loads(self.after).get("asked_by")
        return {id for id in (self.account_id, self.subject_account, asked_by) if isinstance(id, int)}

    @property
    def changes(self) -> list[tuple[str, Plain, Plain]]:
        """The values before and after, by name; None where there was none."""
        was: dict[str, Plain] = json.loads(self.before)
        became: dict[str, Plain] = json.loads(self.after)
        return [(name, was.get(name), became.get(name)) for name in dict.fromkeys((*was, *became))]
