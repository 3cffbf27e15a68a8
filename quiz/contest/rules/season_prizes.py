"""The prizes of people for the whole contest: how plans name them, and which of a contest's prizes they are."""

from __future__ import annotations

from collections.abc import Iterable

from quiz.contest.rules.prizes import Tier

_OF_THE_WHOLE = ("chung cuộc", "cả cuộc thi", "toàn cuộc", "cả mùa", "tổng kết")


def is_of_season(name: str) -> bool:
    """Return whether a prize of this *name* is given once, for the whole contest.

    >>> is_of_season("Giải Nhất chung cuộc"), is_of_season("Giải Nhất tuần")
    (True, False)
    """
    words = name.casefold()
    return any(each in words for each in _OF_THE_WHOLE)


def split_season(tiers: Iterable[Tier]) -> tuple[list[Tier], list[Tier]]:
    """Return the prizes of each round, and those of the whole contest, each in their order.

    >>> rounds, season = split_season([Tier("Giải Nhất chung cuộc", 1), Tier("Giải Nhất", 1)])
    >>> [each.name for each in rounds], [each.name for each in season]
    (['Giải Nhất'], ['Giải Nhất chung cuộc'])
    """
    listed = list(tiers)
    rounds = [each for each in listed if not is_of_season(each.name)]
    return rounds, [each for each in listed if is_of_season(each.name)]
