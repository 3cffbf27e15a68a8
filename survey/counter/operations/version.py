"""Renew the version of the public pages of results."""

from sqlalchemy.orm import Session

from core.data_version import renew_version
from survey.counter.queries.version import PUBLIC


def renew_public_version(session: Session) -> None:
    """Renew the version of the public pages, after a change to an office, a counter or the tally of a finished week."""
    renew_version(session, PUBLIC)
