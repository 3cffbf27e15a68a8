"""The link for setting a password, of an invitation or a reset."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models.account import Account
from core.db import Base, UtcDateTime


class Link(Base):
    """An account's link; a newer one replaces it, and its use deletes it."""

    __tablename__ = "account_link"

    account_id: Mapped[int] = mapped_column(ForeignKey("account_account.id"), primary_key=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, info={"keyed": True})
    drops_factor: Mapped[bool] = mapped_column(default=False)
    """Whether its use also removes the second factor, for a lost telephone and lost recovery codes."""
    is_for_role: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a role beyond the units reached so far made it; the earlier password is then invalid."""
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
