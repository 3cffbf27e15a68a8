"""The link by which somebody sets a password: the first, as invited, or a new one."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models.account import Account
from core.db import Base, UtcDateTime


class Link(Base):
    """At most one an account: a newer link takes the older one's place, and its use takes it away."""

    __tablename__ = "account_link"

    account_id: Mapped[int] = mapped_column(ForeignKey("account_account.id"), primary_key=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, info={"keyed": True})
    drops_factor: Mapped[bool] = mapped_column(default=False)
    """Whether its use also takes the second factor away: for whoever lost the telephone and the printed codes."""
    is_for_role: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a role beyond the units reached so far asked for it: what its owner had until then opens nothing."""
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
