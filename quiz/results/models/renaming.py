"""Corrections of the names of published winners, with their approvals."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models import Approval
from core.db import Base, UtcDateTime


class Renaming(Base):
    """One correction of a name in a published week: the ranking and the prizes stay, so it is no new version."""

    __tablename__ = "quiz_renaming"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"), index=True)
    renamed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approval_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account_approval.id"), index=True)

    approval: Mapped[Approval | None] = relationship()
