"""The delay after failed attempts to guess something."""

from dataclasses import dataclass
from datetime import timedelta

FIRST = timedelta(seconds=2)


@dataclass(frozen=True)
class Budget:
    """How many failed attempts cost nothing, and the longest delay after further ones."""

    free: int
    longest: timedelta

    def delay_after(self, tries: int) -> timedelta:
        """Return the delay after *tries* failed attempts: none for the free ones, then two seconds, doubling.

        >>> [A_CALLER.delay_after(tries).seconds for tries in (0, 4, 5, 6, 7, 13, 14, 1000)]
        [0, 0, 2, 4, 8, 512, 900, 900]
        """
        if tries < self.free:
            return timedelta(0)
        doublings = min(tries - self.free, 16)
        return min(FIRST * (1 << doublings), self.longest)


A_CALLER = Budget(free=5, longest=timedelta(minutes=15))
"""Passwords and codes of one account from one place: a hundred attempts take a day, and no user needs help."""
AN_ADDRESS = Budget(free=20, longest=timedelta(minutes=5))
"""Passwords of all accounts from one network address, which an office may share: some 300 attempts a day."""
CODES = Budget(free=20, longest=timedelta(minutes=1))
"""Receipts, personal codes and links of accounts that don't exist, from one network address, which a hall may share."""
