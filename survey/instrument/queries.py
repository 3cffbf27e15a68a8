"""Read which version of a questionnaire is in force."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.instrument.models import InstrumentVersion
from survey.instrument.rules import quick
from survey.instrument.rules.definition import parse_instrument, text_of

NEWEST_QUICK = (
    select(InstrumentVersion.id)
    .where(InstrumentVersion.name == quick.NAME)
    .order_by(InstrumentVersion.version.desc())
    .limit(1)
    .scalar_subquery()
)
"""The id of the quick rating's newest version, as a column of another query."""


def option_words(session: Session, item: str) -> dict[str, str]:
    """Return the Vietnamese label of every option that any version of the quick rating offered for *item*, by code."""
    bodies = select(InstrumentVersion.body).where(InstrumentVersion.name == quick.NAME)
    instruments = map(parse_instrument, session.scalars(bodies.order_by(InstrumentVersion.version)))
    return {option.code: text_of(option.label) for each in instruments for option in each.item(item).options}


def newest_quick(session: Session) -> int:
    """Return the id of the quick rating's newest version."""
    id: int = session.scalars(select(NEWEST_QUICK)).one()
    return id
