"""Objections that are alike, so that one answer may be given to all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from core.values.text import search_key

_QUESTION = re.compile(r"\bcau(?: hoi)?(?: so)? (\d{1,3})\b")


class Likeness(StrEnum):
    """A reason why objections are alike."""

    QUESTION = "cau"
    """They name the same question."""
    WORDS = "loi"
    """They say the same."""
    UNRANKED = "khong-xep-hang"
    """Their papers are not ranked, so that no answer changes a place."""


class OpenObjection(NamedTuple):
    """An objection that waits: its number, its text, and whether its paper is ranked."""

    number: int
    text: str
    is_ranked: bool


class AlikeGroup(NamedTuple):
    """At least two objections that are alike; `question` is the one they name, for `QUESTION`."""

    likeness: Likeness
    numbers: tuple[int, ...]
    question: int = 0

    @property
    def key(self) -> str:
        """The name of the group in an address."""
        return f"{self.likeness}-{self.question or self.numbers[0]}"


def question_of(text: str) -> int | None:
    """Return the first question that *text* names.

    >>> question_of("Tôi xin xem lại CÂU SỐ 7 và câu 2"), question_of("Sai rồi")
    (7, None)
    """
    found = _QUESTION.search(search_key(text))
    return int(found[1]) if found else None


def alike_groups(waiting: Sequence[OpenObjection]) -> list[AlikeGroup]:
    """Return the groups of objections that are alike, the largest first; one objection may be in several.

    A group of one is none. No objections give none; raises nothing.
    """
    by: dict[tuple[Likeness, object], list[int]] = defaultdict(list)
    for each in waiting:
        question = question_of(each.text)
        if question is not None:
            by[Likeness.QUESTION, question].append(each.number)
        by[Likeness.WORDS, search_key(each.text)].append(each.number)
        if not each.is_ranked:
            by[Likeness.UNRANKED, ""].append(each.number)
    groups = [
        AlikeGroup(likeness, tuple(sorted(numbers)), about if isinstance(about, int) else 0)
        for (likeness, about), numbers in by.items()
        if len(numbers) > 1
    ]
    return sorted(groups, key=lambda group: (-len(group.numbers), group.key))
