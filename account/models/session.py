"""The sessions of accounts."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models.account import Account
from core.db import Base, UtcDateTime


class AccountSession(Base):
    """A browser that is signed in; only its cookie holds the token, and no address is stored."""

    __tablename__ = "account_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, info={"keyed": True})
    account_id: Mapped[int] = mapped_column(ForeignKey("account_account.id"), index=True)
    device: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
