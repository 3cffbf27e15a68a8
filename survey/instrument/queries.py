"""Which questionnaire is in force, and what it asks."""

import json
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey.instrument.models import InstrumentVersion
from survey.instrument.rules import quick
from survey.instrument.rules.definition import Instrument, read_instrument

NEWEST_QUICK = (
    select(InstrumentVersion.id)
    .where(InstrumentVersion.name == quick.NAME)
    .order_by(InstrumentVersion.version.desc())
    .limit(1)
    .scalar_subquery()
)
"""The id of the quick rating's newest version, as a column of another query."""
_PARSED: WeakKeyDictionary[object, dict[int, Instrument]] = WeakKeyDictionary()
"""By database and id; a version never changes."""


def newest_quick(session: Session) -> int:
    """Return the id of the quick rating's newest version."""
    id: int = session.scalars(select(NEWEST_QUICK)).one()
    return id


def get_instrument(session: Session, id: int) -> Instrument:
    """Return the instrument of a version, parsed once a process; raises NoResultFound if there is none."""
    parsed = _PARSED.setdefault(session.get_bind(), {})
    if id not in parsed:
        body = session.scalars(select(InstrumentVersion.body).where(InstrumentVersion.id == id)).one()
        parsed[id] = read_instrument(json.loads(body))
    return parsed[id]
