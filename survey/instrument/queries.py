"""Which version of a questionnaire is in force."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.instrument.models import InstrumentVersion
from survey.instrument.rules import quick

NEWEST_QUICK = (
    select(InstrumentVersion.id)
    .where(InstrumentVersion.name == quick.NAME)
    .order_by(InstrumentVersion.version.desc())
    .limit(1)
    .scalar_subquery()
)
"""The id of the quick rating's newest version, as a column of another query."""


def newest_quick(session: Session) -> int:
    """Return the id of the quick rating's newest version."""
    id: int = session.scalars(select(NEWEST_QUICK)).one()
    return id
