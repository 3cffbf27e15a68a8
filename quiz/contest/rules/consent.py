"""The purposes for which a participant's data may be used (Luật 91/2025/QH15)."""

from enum import StrEnum

PARTICIPANT = "participant"
"""The code of participants in consents, requests and the log of erasures; it must never change."""
WORDING = "2026-12-2"
"""The version of today's notices; `quiz.contest.labels.CONSENT` has the texts of all versions."""

WORDING_WITH_MORE = "2026-12"
"""The same in contests that ask for a bloc or for further things at registration."""


class Purpose(StrEnum):
    """A purpose; taking part is required to enter online, the guardian's consent for possible children."""

    TAKING_PART = "taking-part"
    GUARDIAN = "guardian"
    NAMED = "named"
    REACHED = "reached"


FREE = (Purpose.NAMED, Purpose.REACHED)
"""Purposes that a participant may withdraw and still take part."""

OF_ADULTS = frozenset({Purpose.NAMED, Purpose.REACHED})
"""Purposes for which a possible child's data are not used, even with the box ticked."""


def wording_of(*, asks_more: bool) -> str:
    """Return the version of today's notices for a contest that asks for more than name, phone, birth year and unit."""
    return WORDING_WITH_MORE if asks_more else WORDING
