"""Units with their dates (codes were re-used in 2025, so a code alone names nothing), and the offices in them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commune.labels import former
from core.content import translated
from core.db import Base, UtcDateTime

KINDS = ("province", "district", "commune", "ward", "township", "special", "village", "agency", "school")
OWN_KINDS = KINDS[6:]
"""Kinds that an office adds below its commune; they get a code made from their parent's, since the state gives them
none.
"""


class Unit(Base):
    """An administrative unit in force from `valid_from` until before `valid_to`, under its present name.

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
    """The search keys of its parents, nearest first, which distinguish units of one name."""

    parent: Mapped["Unit | None"] = relationship(remote_side=[id])
    names: Mapped[list["UnitName"]] = relationship(order_by="UnitName.since", cascade="all, delete-orphan")

    @property
    def label(self) -> str:
        """Its name in a list; a unit that an office added includes its parent, since many communes have a "thôn 1"."""
        return f"{self.name} ({self.parent.name})" if self.kind in OWN_KINDS and self.parent else self.name

    @property
    def dated_name(self) -> str:
        """Its name, with the day on which one ended: before and after July 2025 many units have the same name."""
        return former(self.name, self.valid_to) if self.valid_to else self.name


class UnitName(Base):
    """The name and kind of a unit from `since` until the next such row."""

    __tablename__ = "commune_unit_name"
    __table_args__ = (CheckConstraint(f"kind IN {KINDS}", name="kind_known"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(100))
    name_key: Mapped[str] = mapped_column(String(100), index=True)
    """The search key of the name proper: "xuan lap" of "xã Xuân Lập"."""
    near_key: Mapped[str] = mapped_column(String(100), index=True, server_default="")
    """The key that near spellings share: "quinhon" of "phường Quy Nhơn"."""


class Succession(Base):
    """The people of one unit went to another; those of a split unit went to several and are never apportioned."""

    __tablename__ = "commune_succession"

    old_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True, index=True)


class Headcount(Base):
    """The headcount of a unit on a day, with its source."""

    __tablename__ = "commune_headcount"
    __table_args__ = (CheckConstraint("people > 0", name="people_there"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)
    as_of: Mapped[date] = mapped_column(primary_key=True)
    people: Mapped[int]
    source: Mapped[str] = mapped_column(String(200))


class Spelling(Base):
    """The unit that an office means by a spelling in its sheets; decided once and remembered."""

    __tablename__ = "commune_spelling"

    owner_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)
    spelling: Mapped[str] = mapped_column(String(120), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"))

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])


class Logo(Base):
    """The logo of a unit, re-encoded; also shown for the units below it that have none of their own."""

    __tablename__ = "commune_logo"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_whole"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    large: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    small: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[str] = mapped_column(String(40))
    """The account that set it, as jobs name their owners: "account:12". A plain value, since accounts lie above
    units.
    """

    unit: Mapped[Unit] = relationship()


@translated("name", "host")
class Office(Base):
    """A one-stop centre that citizens rate; `host` is the body that runs the survey."""

    __tablename__ = "commune_office"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    search_key: Mapped[str] = mapped_column(String(200), default="", server_default="")
    host: Mapped[str] = mapped_column(String(200))
    hotline: Mapped[str] = mapped_column(String(40), default="")
    is_illustrative: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether its ratings are invented, as in the demo; every page with its figures says so."""
    networks: Mapped[str] = mapped_column(String(500), default="", server_default="")
    """The addresses and prefixes of its staff's own network, separated by spaces; ratings from there are its own."""

    unit: Mapped[Unit] = relationship()
    """The unit where it is located, which gives its logo and the scope of its audit entries."""
    units: Mapped[list[Unit]] = relationship(secondary="commune_office_unit", order_by=Unit.sort_key)
    """The units that it serves, including the one where it is located."""


class OfficeUnit(Base):
    """A unit whose people an office serves: the one where it is located, or another one without an office."""

    __tablename__ = "commune_office_unit"

    office_id: Mapped[int] = mapped_column(ForeignKey("commune_office.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True, index=True)
