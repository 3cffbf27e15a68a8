"""Service counters, their printed addresses, and the scans of replaced posters."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commune.models import Office
from core.content import translated
from core.db import Base


@translated("name")
class Counter(Base):
    """A service counter of an office."""

    __tablename__ = "survey_counter"
    __table_args__ = (
        UniqueConstraint("office_id", "number"),
        CheckConstraint("number BETWEEN 1 AND 999", name="number_sensible"),
        {"sqlite_autoincrement": True},  # the id of a deleted counter is not used again
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("commune_office.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[str] = mapped_column(String(120))
    closed_on: Mapped[date | None]
    is_rehearsal: Mapped[bool] = mapped_column(default=False, server_default=false())

    office: Mapped[Office] = relationship()
    addresses: Mapped[list["CounterAddress"]] = relationship(
        back_populates="counter", order_by="CounterAddress.revision"
    )

    @property
    def begun_on(self) -> date:
        """The day of its first printed address."""
        return self.addresses[0].issued_on

    @property
    def is_open(self) -> bool:
        """Whether it still takes ratings; its figures stay either way."""
        return self.closed_on is None


class CounterAddress(Base):
    """One printed address of a counter; its serial is signed into the QR code and stays valid as long as the paper."""

    __tablename__ = "survey_counter_address"
    __table_args__ = (
        UniqueConstraint("counter_id", "revision"),
        CheckConstraint("serial BETWEEN 1 AND 33554431", name="serial_fits_25_bits"),
        {"sqlite_autoincrement": True},  # the serial of a deleted address is not used again
    )

    serial: Mapped[int] = mapped_column(primary_key=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("survey_counter.id"))
    revision: Mapped[int] = mapped_column(SmallInteger)
    issued_on: Mapped[date]

    counter: Mapped[Counter] = relationship(back_populates="addresses")


class DeadScan(Base):
    """How often a replaced poster was scanned in a week, which shows that it still hangs somewhere."""

    __tablename__ = "survey_dead_scan"

    serial: Mapped[int] = mapped_column(ForeignKey("survey_counter_address.serial"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    scans: Mapped[int] = mapped_column(default=0)
