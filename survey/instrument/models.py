"""Questionnaires as data, one row per version."""

from sqlalchemy import CheckConstraint, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class InstrumentVersion(Base):
    """One version of a questionnaire; it never changes, since answers refer to it."""

    __tablename__ = "survey_instrument_version"
    __table_args__ = (UniqueConstraint("name", "version"), CheckConstraint("version > 0", name="version_counted"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(SmallInteger)
    body: Mapped[str] = mapped_column(Text)
    """The definition as JSON: `survey.instrument.rules.definition`."""
