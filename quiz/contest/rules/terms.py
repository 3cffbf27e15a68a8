"""The terms of a contest's prizes: days to object and to claim, and the measure of the prizes of units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MOST_OBJECTION_DAYS, MOST_CLAIM_DAYS, MOST_CAP = 30, 365, 1000


class CollectiveMeasure(StrEnum):
    """By what the units are ordered for their prizes; more is better."""

    TURNS = "turns"
    CAPPED = "capped"
    """Turns, of which each person's count up to the declared cap in a round."""
    PEOPLE = "people"
    """Different people over the whole contest."""
    RATE = "rate"
    """These people per headcount."""
    WINNERS = "winners"
    """Confirmed prizes of people."""
    POINTS = "points"
    """Right answers of the counted papers, summed."""


@dataclass(frozen=True)
class PrizeTerms:
    """The declared terms of the prizes; None where it declares nothing.

    Stored terms carry the version that wrote them; a key that a version did not have means None.
    """

    objection_days: int | None = None
    claim_days: int | None = None
    measure: CollectiveMeasure | None = None
    cap: int | None = None

    def __post_init__(self) -> None:
        for days, most in (
            (self.objection_days, MOST_OBJECTION_DAYS),
            (self.claim_days, MOST_CLAIM_DAYS),
            (self.cap, MOST_CAP),
        ):
            if days is not None and not 1 <= days <= most:
                raise ValueError(f"1 to {most}")
        if (self.measure is CollectiveMeasure.CAPPED) != (self.cap is not None):
            raise ValueError("a cap belongs to capped turns, and capped turns have one")

    def to_dict(self) -> dict[str, object]:
        """Return the terms as JSON values, which `from_dict` reads."""
        measure = self.measure.value if self.measure else None
        return {
            "version": 1,
            "objection_days": self.objection_days,
            "claim_days": self.claim_days,
            "measure": measure,
            "cap": self.cap,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> PrizeTerms:
        """Return the terms in stored JSON; an empty one declares nothing.

        >>> PrizeTerms.from_dict({}) == PrizeTerms()
        True
        """
        days = (_whole(data.get("objection_days")), _whole(data.get("claim_days")))
        return cls(*days, as_measure(data.get("measure")), _whole(data.get("cap")))


def as_measure(stored: object) -> CollectiveMeasure | None:
    """Return a stored measure; None for none."""
    return CollectiveMeasure(str(stored)) if stored else None


def _whole(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"not a whole number: {value!r}")
    return value
