"""For what a participant's data may be used, each purpose by itself: silence is no consent (Luật 91/2025/QH15)."""

from enum import StrEnum

PARTICIPANT = "participant"
"""What a participant is called where consents, requests and erasures are kept; never to be renamed."""
WORDING = "2026-11"
"""The wording of the notices shown today; `quiz.contest.labels.CONSENT` keeps every one ever agreed to."""


class Purpose(StrEnum):
    """Taking part is needed to enter online; the guardian's yes for whoever may be under 16; the others are free."""

    TAKING_PART = "taking-part"
    GUARDIAN = "guardian"
    NAMED = "named"
    REACHED = "reached"


FREE = (Purpose.NAMED, Purpose.REACHED)
"""What a participant may withdraw and still take part."""
