"""Staff accounts and the roles they hold in a unit and below."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.rules.permissions import Role
from core.db import Base, UtcDateTime


class Account(Base):
    """Somebody of the staff, known by an e-mail address."""

    __tablename__ = "account_account"
    __table_args__ = ({"sqlite_autoincrement": True},)  # the number of an account that is gone is never another's

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(String(200), info={"keyed": True})
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    grants: Mapped[list["Grant"]] = relationship(back_populates="account", cascade="all, delete-orphan")


class Grant(Base):
    """One role of one account in one unit and everything below it."""

    __tablename__ = "account_grant"
    __table_args__ = (CheckConstraint(f"role IN {tuple(role.value for role in Role)}", name="role_known"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account_account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)

    account: Mapped[Account] = relationship(back_populates="grants")
