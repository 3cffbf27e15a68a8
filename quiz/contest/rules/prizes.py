"""A prize of a round with its quantity."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tier:
    """A prize and its quantity."""

    name: str
    quantity: int

    def __post_init__(self) -> None:
        if self.quantity < 0:
            raise ValueError("a prize cannot be awarded a negative number of times")
