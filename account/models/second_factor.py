"""The second factor: codes of a telephone, and printed recovery codes."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class Totp(Base):
    """The TOTP secret of a telephone, and the last half minute whose code was used."""

    __tablename__ = "account_totp"

    account_id: Mapped[int] = mapped_column(ForeignKey("account_account.id"), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info={"keyed": True})
    last_step: Mapped[int]


class RecoveryCode(Base):
    """A recovery code, which works once; its use deletes the row."""

    __tablename__ = "account_recovery_code"

    account_id: Mapped[int] = mapped_column(ForeignKey("account_account.id"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, info={"keyed": True})
