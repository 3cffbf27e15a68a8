"""Store a new version of a questionnaire."""

import json

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.data_version import PUBLIC, renew_version
from survey.instrument.models import InstrumentVersion
from survey.instrument.rules.definition import Instrument, write_instrument


def add_version(session: Session, name: str, instrument: Instrument) -> InstrumentVersion:
    """Add *instrument* as the next version of *name*; it is in force from the commit on.

    Raises:
        IntegrityError: another request added a version at the same moment.
    """
    newest = session.scalar(select(func.max(InstrumentVersion.version)).where(InstrumentVersion.name == name)) or 0
    body = json.dumps(write_instrument(instrument), ensure_ascii=False, separators=(",", ":"))
    version = InstrumentVersion(name=name, version=newest + 1, body=body)
    session.add(version)
    session.flush()
    renew_version(session, PUBLIC)
    return version
