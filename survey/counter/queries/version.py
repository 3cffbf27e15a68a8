"""The version of what the public pages of results show."""

from sqlalchemy.orm import Session

from core.data_version import current_version

PUBLIC = "survey.public"


def public_version(session: Session) -> int:
    """Return the version of offices, counters and the tallies of finished weeks, taken together."""
    return current_version(session, PUBLIC)
