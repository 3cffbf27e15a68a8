"""The version of the public pages of results."""

from sqlalchemy.orm import Session

from core.data_version import current_version

PUBLIC = "survey.public"


def public_version(session: Session) -> int:
    """Return the common version of offices, counters and the tallies of finished weeks."""
    return current_version(session, PUBLIC)
