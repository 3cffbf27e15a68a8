"""Failed attempts to sign in."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class LoginThrottle(Base):
    """Failed attempts of one kind of caller, and until when further ones are refused; the hash reveals no caller."""

    __tablename__ = "account_tries"

    bucket: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, info={"keyed": True})
    count: Mapped[int]
    open_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
