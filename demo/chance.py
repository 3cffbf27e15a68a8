"""The seeded random source of everything invented: ids, secrets, choices, spreads."""

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import exp
from typing import TypeVar

from core.crypto import new_code

Item = TypeVar("Item")


class Chance(random.Random):
    """A seeded generator that also makes ids and codes, so that the same seed gives the same province."""

    def id(self) -> uuid.UUID:
        """Return a random id."""
        return uuid.UUID(bytes=self.randbytes(16), version=4)

    def code(self) -> str:
        """Return a receipt or personal code."""
        return new_code(random=self.randbytes)

    def pick(self, items: Sequence[Item], weights: Sequence[float]) -> Item:
        """Return one of *items* by weight."""
        return self.choices(items, weights)[0]

    def take(self, items: Sequence[Item], weights: Sequence[float], count: int) -> list[Item]:
        """Return *count* different *items*, with a probability by weight (Efraimidis and Spirakis 2006)."""
        keys = [self.random() ** (1 / weight) for weight in weights]
        order = sorted(range(len(items)), key=lambda at: -keys[at])
        return [items[at] for at in sorted(order[:count])]

    def poisson(self, mean: float) -> int:
        """Return a Poisson-distributed count with *mean* (Knuth 1969)."""
        count, left = 0, self.random()
        while left > exp(-mean):
            count += 1
            left *= self.random()
        return count

    def between(self, low: float, high: float, middle: float, spread: float) -> float:
        """Return a log-normal value around *middle*, within *low* to *high*."""
        while True:
            value = middle * self.lognormvariate(0, spread)
            if low <= value <= high:
                return value

    def later(self, start: datetime, seconds: float) -> datetime:
        """Return a moment up to *seconds* after *start*, in whole milliseconds."""
        return start + timedelta(milliseconds=self.randrange(int(seconds * 1000)))


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Return *total* split by *weights* into whole parts that add up to it (largest remainders).

    >>> apportion(10, [1, 1, 1])
    [4, 3, 3]
    """
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda at: parts[at] - exact[at])
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return parts
