"""The relation of the account that approves a sensitive action to the account that requests it."""

from enum import StrEnum


class Relation(StrEnum):
    """The relation at the time of the answer."""

    NONE = "none"
    """Independent, as far as the audit trail shows."""
    ALONE = "alone"
    """The requester itself: a setting lets one person act alone."""
    RELATED = "related"
    """One of the two accounts created the other, gave it the approver's role, or made a link for it."""
