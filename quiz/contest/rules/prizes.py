"""A prize of a round and how many of it there are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tier:
    """One prize and how many of it there are."""

    name: str
    quantity: int

    def __post_init__(self) -> None:
        if self.quantity < 0:
            raise ValueError("a prize cannot be awarded a negative number of times")
