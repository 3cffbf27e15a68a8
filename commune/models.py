"""Units with their dates (codes were re-used in 2025, so a code alone names nothing), and the offices in them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commune.labels import era
from core.db import Base, UtcDateTime

KINDS = ("province", "district", "commune", "ward", "township", "special", "village", "agency", "school")
OWN_KINDS = KINDS[6:]
"""What an office adds below its commune; the state gives these no code, so they get one made of their parent's."""


class Unit(Base):
    """An administrative unit from `valid_from` until (not including) `valid_to`, called as it is called today.

    A merger ends a unit and begins another (`Succession`); a new name or type leaves it the same unit (`UnitName`).
    """

    __tablename__ = "commune_unit"
    __table_args__ = (
        UniqueConstraint("code", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="ends_after_it_begins"),
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(100))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("commune_unit.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    search_key: Mapped[str] = mapped_column(String(100), index=True)
    sort_key: Mapped[str] = mapped_column(String(200))
    context_key: Mapped[str] = mapped_column(String(250), default="", server_default="")
    """The search keys of what lies above it, nearest first: what tells three Xuân Lập apart."""

    parent: Mapped["Unit | None"] = relationship(remote_side=[id])
    names: Mapped[list["UnitName"]] = relationship(order_by="UnitName.since", cascade="all, delete-orphan")

    @property
    def label(self) -> str:
        """Its name in a list to pick from: many communes have a "thôn 1", so what an office put in names its parent."""
        return f"{self.name} ({self.parent.name})" if self.kind in OWN_KINDS and self.parent else self.name

    @property
    def dated_name(self) -> str:
        """Its name, with the last day of one that ended: before and after July 2025 many bear the same name."""
        return f"{self.name} ({era(self.valid_from, self.valid_to)})" if self.valid_to else self.name


class UnitName(Base):
    """What a unit was called and of which kind it was, from `since` until the next such row."""

    __tablename__ = "commune_unit_name"
    __table_args__ = (CheckConstraint(f"kind IN {KINDS}", name="kind_known"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(100))
    name_key: Mapped[str] = mapped_column(String(100), index=True)
    """The name proper as it is looked for: "xuan lap" of "xã Xuân Lập"."""


class Succession(Base):
    """The people of one unit went to another; to several, where it was split: those are never apportioned."""

    __tablename__ = "commune_succession"

    old_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True, index=True)


class Headcount(Base):
    """How many people a unit had on a day, and who says so."""

    __tablename__ = "commune_headcount"
    __table_args__ = (CheckConstraint("people > 0", name="people_there"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)
    as_of: Mapped[date] = mapped_column(primary_key=True)
    people: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))


class Spelling(Base):
    """Which unit an office said is meant when its sheets write it so: decided once, remembered."""

    __tablename__ = "commune_spelling"

    owner_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)
    spelling: Mapped[str] = mapped_column(String(120), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"))

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])


class Logo(Base):
    """The picture that stands for a unit and for all below it that has none of its own, as it was drawn anew."""

    __tablename__ = "commune_logo"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_whole"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    large: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    small: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str] = mapped_column(String(40))
    """Who, as jobs name their owners: "account:12"; a plain value, for accounts lie above units."""

    unit: Mapped[Unit] = relationship()


class Office(Base):
    """A one-stop centre: what citizens rate, and in whose name somebody else runs the survey."""

    __tablename__ = "commune_office"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    search_key: Mapped[str] = mapped_column(String(200), default="", server_default="")
    host: Mapped[str] = mapped_column(String(200))
    hotline: Mapped[str] = mapped_column(String(40), default="")
    is_illustrative: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether its ratings are invented, as the demo's: every page with its figures says so."""

    unit: Mapped[Unit] = relationship()
    """Where it stands: whose logo it bears and whose business its audit entries are."""
    units: Mapped[list[Unit]] = relationship(secondary="commune_office_unit", order_by=Unit.sort_key)
    """Every unit that it serves, the one where it stands among them."""


class OfficeUnit(Base):
    """An office serves the people of a unit: the one where it stands, and others that have no office of their own."""

    __tablename__ = "commune_office_unit"

    office_id: Mapped[int] = mapped_column(ForeignKey("commune_office.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True, index=True)
