"""An amendment of a contest's rules after somebody has registered: from a round on, with a reason, for everybody."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, SmallInteger, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models import Approval
from core.db import Base, UtcDateTime
from quiz.contest.models.contest import Contest


class RulesAmendment(Base):
    """A change of rules, prizes or headcounts from a round on that had not opened, of dates, or units that join.

    Rounds before it keep the rules and prizes that they ran under.

    `before` and `after` are the rules of that round, as stored; neither changes any more.
    """

    __tablename__ = "quiz_rules_amendment"
    __table_args__ = (
        UniqueConstraint("contest_id", "number"),
        CheckConstraint("reason <> ''", name="amended_for_a_reason"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    from_round: Mapped[int] = mapped_column(SmallInteger)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    plan: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Dates and prizes "before" and "after", as `rules.amendments` stores them; None where they stayed (0088)."""
    units: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """The names of units that joined the contest; None where none did (0095)."""
    widens: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether whole communes joined, whose people compete for the same prizes (0111)."""
    headcounts: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """The changed headcounts with the names of their units, as `rules.headcounts` stores them; None where none did."""
    reason: Mapped[str] = mapped_column(String(500))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approval_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("account_approval.id"), index=True)

    contest: Mapped[Contest] = relationship()
    approval: Mapped[Approval] = relationship()
