"""A sample of dossiers: its size, its shares of the strata, and the draw by a seed.

Sources: n = N / (1 + N·e²) as in the ministry's training material (e = 5 %); allocation in proportion by the largest
remainder (Hamilton). Everybody who has the seed and the numbers of the dossiers draws the same sample.
"""

import hashlib
import heapq
from collections.abc import Iterable, Mapping

PER_CENT = 5
"""The margin of error e, in per cent."""


def sample_size(population: int) -> int:
    """Return n = N / (1 + N·e²), rounded up, with e = `PER_CENT`; 0 of nothing.

    >>> sample_size(1903), sample_size(33260), sample_size(1), sample_size(0)
    (331, 396, 1, 0)
    """
    scale = 100 * 100
    return -(-population * scale // (scale + population * PER_CENT * PER_CENT))


def allocate(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """Return how many of *n* fall to each stratum of *sizes*, in proportion, by the largest remainder.

    Equal remainders go to the larger stratum, then to the first name. No stratum gives more than it has. The sum is
    *n*, or the whole population if *n* is more.

    >>> allocate({"a": 60, "b": 30, "c": 10}, 15)
    {'a': 9, 'b': 5, 'c': 1}
    """
    whole = sum(sizes.values())
    n = min(n, whole)
    if not whole:
        return dict.fromkeys(sizes, 0)
    shares = {name: n * size // whole for name, size in sizes.items()}
    order = sorted(sizes, key=lambda name: (-(n * sizes[name] % whole), -sizes[name], name))
    for name in order[: n - sum(shares.values())]:
        shares[name] += 1
    return shares


def rank_of(seed: str, number: str) -> bytes:
    """Return the place of a dossier in the draw: SHA-256 of the seed, a line break, and the number's key."""
    return hashlib.sha256(f"{seed}\n{number}".encode()).digest()


def draw(seed: str, numbers: Iterable[tuple[str, str]], shares: Mapping[str, int]) -> list[tuple[str, str]]:
    """Return the drawn pairs of stratum and number, by stratum and then by their place in the draw.

    *numbers* are pairs of stratum and number, in any order; *shares* says how many each stratum gives. In each stratum
    those with the lowest `rank_of` are drawn.
    """
    lowest: dict[str, list[tuple[int, str]]] = {name: [] for name in shares}
    for stratum, number in numbers:
        place = -int.from_bytes(rank_of(seed, number))
        held = lowest[stratum]
        if len(held) < shares[stratum]:
            heapq.heappush(held, (place, number))
        elif held:
            heapq.heappushpop(held, (place, number))
    return [(name, number) for name in sorted(lowest) for _, number in sorted(lowest[name], reverse=True)]
