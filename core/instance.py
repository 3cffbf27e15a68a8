"""What an installation remembers of itself: above all, which master key its database was made with."""

from datetime import date

from sqlalchemy import String, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base
from core.values.text import N_
from core.web.extensions import keyring

KEY = "key_fingerprint"
_KEPT = N_("Dấu của khóa đã ghi vào cơ sở dữ liệu.")


class InstanceFact(Base):
    """A fact by its name; none of them is a secret."""

    __tablename__ = "core_instance_fact"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


def remember_key(session: Session, _today: date) -> str:
    """A duty at set-up: the fingerprint of the key is remembered; the first one stays."""
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if is_postgres else sqlite.insert)(InstanceFact)
    insert = insert.values(name=KEY, value=keyring().fingerprint)
    session.execute(insert.on_conflict_do_nothing(index_elements=["name"]))
    return _KEPT


def find_fact(session: Session, name: str) -> str | None:
    """A fact by its name; None when nobody remembered it."""
    return session.scalar(select(InstanceFact.value).where(InstanceFact.name == name))
