"""How the account that agreed to a sensitive action is related to the account that asked for it."""

from enum import StrEnum


class Relation(StrEnum):
    """The relation as it was when the account agreed."""

    NONE = "none"
    """Another person, as far as the audit trail knows."""
    ALONE = "alone"
    """The asker itself: a setting lets one person act alone."""
    RELATED = "related"
    """One of the two accounts made the other, gave it the approver's role, or handed a link into it."""
