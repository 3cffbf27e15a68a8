"""What somebody proves besides a password: a code that their telephone makes, or one that they printed."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class Totp(Base):
    """The secret from which a telephone makes codes, and the last half minute whose code was used."""

    __tablename__ = "account_totp"

    account_id: Mapped[int] = mapped_column(ForeignKey("account_account.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info={"keyed": True})
    last_step: Mapped[int]


class RecoveryCode(Base):
    """A code that works once in the telephone's stead; its row goes with its use."""

    __tablename__ = "account_recovery_code"

    account_id: Mapped[int] = mapped_column(ForeignKey("account_account.id"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, info={"keyed": True})
