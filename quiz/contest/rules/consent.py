"""For what a participant's data may be used, each purpose by itself: silence is no consent (Luật 91/2025/QH15)."""

from collections.abc import Collection
from enum import StrEnum

WORDING = "2026-11"
"""The wording of the notices shown today; `quiz.contest.labels.CONSENT` keeps every one ever agreed to."""


class Purpose(StrEnum):
    """Taking part is needed to enter online; the guardian's yes for whoever may be under 16; the others are free."""

    TAKING_PART = "taking-part"
    GUARDIAN = "guardian"
    NAMED = "named"
    REACHED = "reached"


FREE = (Purpose.NAMED, Purpose.REACHED)
"""What a participant may take back and still take part."""


def offered(standing: Collection[Purpose], *, is_child: bool) -> tuple[Purpose, ...]:
    """The free purposes that somebody may agree to, for the first time or again: those that don't stand already.

    Whoever may be a child (*is_child*) is never named, so is not asked for it.

    >>> offered([Purpose.REACHED], is_child=False), offered([Purpose.REACHED], is_child=True)
    ((<Purpose.NAMED: 'named'>,), ())
    """
    return tuple(each for each in FREE if each not in standing and not (is_child and each is Purpose.NAMED))
