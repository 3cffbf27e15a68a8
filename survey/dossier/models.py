"""The dossiers of an office as its one-stop system lists them, its imports, totals to compare with, and samples.

A dossier holds neither a name nor a phone number: what is kept of a person is the number of their dossier alone.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime
from survey.dossier.rules.channels import DossierChannel
from survey.dossier.rules.numbers import LONGEST

LONGEST_PROCEDURE = 300


class Dossier(Base):
    """A dossier that an office received, and when it was due and returned."""

    __tablename__ = "survey_dossier"
    __table_args__ = (
        UniqueConstraint("office_id", "number_key"),
        Index("ix_survey_dossier_series", "office_id", "series", "serial"),
        Index("ix_survey_dossier_received", "office_id", "received_on"),
        Index("ix_survey_dossier_returned", "office_id", "returned_on"),
        CheckConstraint(f"channel IN {tuple(each.value for each in DossierChannel)}", name="channel_known"),
        CheckConstraint("due_on >= received_on", name="due_after_received"),
        CheckConstraint("returned_on >= received_on", name="returned_after_received"),
        CheckConstraint("(serial IS NULL) = (series = '')", name="serial_in_series"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("commune_office.id"))
    number: Mapped[str] = mapped_column(String(LONGEST))
    """As the list writes it."""
    number_key: Mapped[str] = mapped_column(String(LONGEST))
    agency: Mapped[str] = mapped_column(String(LONGEST), default="", index=True)
    series: Mapped[str] = mapped_column(String(LONGEST), default="")
    serial: Mapped[int | None]
    procedure: Mapped[str] = mapped_column(String(LONGEST_PROCEDURE), default="")
    channel: Mapped[str] = mapped_column(String(8), default=DossierChannel.UNKNOWN.value)
    received_on: Mapped[date]
    due_on: Mapped[date | None]
    returned_on: Mapped[date | None]


class DossierImport(Base):
    """An import of a list: when it was, and what it changed; the figures are as of the newest."""

    __tablename__ = "survey_dossier_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("commune_office.id"), index=True)
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added: Mapped[int]
    changed: Mapped[int]


class ProvincialTotal(Base):
    """How many dossiers the provincial system counts as returned in a period, as an officer read it off."""

    __tablename__ = "survey_provincial_total"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint("returned BETWEEN 0 AND 9999999", name="returned_sensible"),
    )

    office_id: Mapped[int] = mapped_column(ForeignKey("commune_office.id"), primary_key=True)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    last_day: Mapped[date] = mapped_column(primary_key=True)
    returned: Mapped[int]
    stated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DossierSample(Base):
    """A sample of the dossiers returned in a period: its seed, and how many each stratum had and gave."""

    __tablename__ = "survey_dossier_sample"
    __table_args__ = (
        UniqueConstraint(
            "office_id", "first_day", "last_day", "stratified_by", "digest", name="uq_survey_dossier_sample_list"
        ),
        CheckConstraint("stratified_by IN ('procedure', 'channel')", name="stratified_by_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("commune_office.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seed: Mapped[str] = mapped_column(String(32))
    stratified_by: Mapped[str] = mapped_column(String(9))
    population: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the numbers that were drawn from, in order: whether the list is still the same."""
    strata: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """By stratum: `name`, `size`, `drawn`."""

    @property
    def size(self) -> int:
        """The number of drawn dossiers."""
        return sum(each["drawn"] for each in self.strata)


class DrawnDossier(Base):
    """A dossier of a sample, with its place in it."""

    __tablename__ = "survey_drawn_dossier"

    sample_id: Mapped[int] = mapped_column(ForeignKey("survey_dossier_sample.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("survey_dossier.id"), index=True)
