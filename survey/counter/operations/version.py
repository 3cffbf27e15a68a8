"""Say that the public pages of results have something else to show."""

from sqlalchemy.orm import Session

from core.data_version import renew_version
from survey.counter.queries.version import PUBLIC


def renew_public_version(session: Session) -> None:
    """Renew the version of the public pages: an office, a counter or the tally of a finished week has changed."""
    renew_version(session, PUBLIC)
