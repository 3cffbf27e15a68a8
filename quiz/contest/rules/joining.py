"""Whether units may join a contest that has begun, by where they lie; source: decisions 0095 and 0111."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quiz.contest.rules.headcounts import lie_in_one_commune


def divides_villages(entering: Sequence[int], joining: Sequence[int], homes: Mapping[int, int]) -> bool:
    """Return whether the units that *join* would end a contest between the villages of one commune.

    *homes* maps each village, agency and school to its commune. Units of one commune have a line and prizes each; with
    a unit of another commune all would become lines of their communes, and those who lead would lose their prizes.

    >>> divides_villages([1, 2], [8], {1: 9, 2: 9}), divides_villages([1, 2], [3], {1: 9, 2: 9, 3: 9})
    (True, False)
    >>> divides_villages([9], [8], {}), divides_villages([7, 9], [8], {})
    (False, False)
    """
    has_own = any(ref in homes for ref in entering)
    return has_own and lie_in_one_commune(entering, homes) and not lie_in_one_commune([*entering, *joining], homes)


def compete(entering: Sequence[int], joining: Sequence[int], homes: Mapping[int, int]) -> bool:
    """Return whether units that *join* have lines and prizes of their own beside those that are in the contest: all lie
    in one commune. Elsewhere they count for their communes.

    >>> compete([1, 2], [3], {1: 9, 2: 9, 3: 9}), compete([9], [3], {3: 9}), compete([8, 9], [3], {3: 9})
    (True, True, False)
    """
    return lie_in_one_commune([*entering, *joining], homes)
