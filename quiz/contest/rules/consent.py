"""The purposes for which a participant's data may be used (Luật 91/2025/QH15)."""

from enum import StrEnum

PARTICIPANT = "participant"
"""The code of participants in consents, requests and the log of erasures; it must never change."""
WORDING = "2026-11-2"
"""The version of today's notices; `quiz.contest.labels.CONSENT` has the texts of all versions."""


class Purpose(StrEnum):
    """A purpose; taking part is required to enter online, the guardian's consent for possible children."""

    TAKING_PART = "taking-part"
    GUARDIAN = "guardian"
    NAMED = "named"
    REACHED = "reached"


FREE = (Purpose.NAMED, Purpose.REACHED)
"""Purposes that a participant may withdraw and still take part."""
