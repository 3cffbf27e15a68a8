"""Staff accounts, and their roles in a unit and below."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.rules.permissions import Role
from commune.models import Unit
from core.db import Base, UtcDateTime

NO_PASSWORD = ""
"""The password hash of an invited account before its first password; no password matches it."""


class Account(Base):
    """A staff account, identified by an e-mail address; `unit_id` is the unit it belongs to, independent of its
    roles.
    """

    __tablename__ = "account_account"
    __table_args__ = ({"sqlite_autoincrement": True},)  # ids of deleted accounts are not reused

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), index=True)
    search_key: Mapped[str] = mapped_column(String(400))
    sort_key: Mapped[str] = mapped_column(String(400), index=True)
    password_hash: Mapped[str] = mapped_column(String(200), info={"keyed": True})
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    unit: Mapped[Unit] = relationship()
    grants: Mapped[list["Grant"]] = relationship(back_populates="account", cascade="all, delete-orphan")

    @property
    def is_invited(self) -> bool:
        """Whether it was invited and has no password yet."""
        return self.password_hash == NO_PASSWORD


class Grant(Base):
    """A role of an account in a unit and everything below it."""

    __tablename__ = "account_grant"
    __table_args__ = (CheckConstraint(f"role IN {tuple(role.value for role in Role)}", name="role_known"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account_account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True, index=True)

    account: Mapped[Account] = relationship(back_populates="grants")
    unit: Mapped[Unit] = relationship()
