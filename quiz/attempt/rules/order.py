"""The order of questions and choices on the paper of one attempt, derived from the secret of its round.

Source: decision 0037. The secret is published with the results, so that anyone can derive every paper again:

- seed = HMAC-SHA-256(secret, attempt), with the attempt's id as text.
- Block *n* (0, 1, …) of a purpose is HMAC-SHA-256(seed, length of the purpose in 8 bytes + purpose + *n* in 8 bytes).
  Each block gives eight words of 4 bytes; numbers are big-endian.
- A number below *k* is the next word modulo *k*; words from the largest multiple of *k* on are skipped, so that all
  numbers are equally likely.
- A list is shuffled from its end (Fisher–Yates; Knuth, TAOCP 2, 3.4.2, algorithm P): place *i*, counted from 0, is
  exchanged with a place below *i* + 1.
- The purposes are `draw` (which questions, topic by topic), `questions` (their order) and `choices` with the question's
  position in the round (the order of its choices).
"""

from __future__ import annotations

import hmac
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
Below = Callable[[int], int]
"""A source of numbers: given *k*, it returns the next number from 0 to *k* - 1."""
WORDS = 1 << 32
_EIGHT_WORDS = struct.Struct(">8I")


@dataclass(frozen=True, slots=True)
class Arrangeable:
    """A question of a round: its position, the letters of its choices, its topic, and whether its choices stay."""

    position: int
    letters: str
    topic: str = ""
    keeps_choices: bool = False


@dataclass(frozen=True, slots=True)
class Arranged:
    """A question on a paper: its position in the round, and the letters of its choices in the order shown."""

    position: int
    letters: str


def arrange(
    secret: bytes, attempt: str, questions: Sequence[Arrangeable], shown: int | None = None
) -> tuple[Arranged, ...]:
    """Return the questions of *attempt* in the order of its paper, at most *shown* of them (None: all).

    Every attempt gets the same number of questions of a topic (`shares`). The same arguments always give the same
    paper. No questions give an empty paper; raises nothing.
    """
    seed = hmac.digest(secret, attempt.encode(), "sha256")
    drawn = _draw(numbers(seed, "draw"), questions, shown)
    below = numbers(seed, "questions")
    return tuple(_arranged(seed, question) for question in shuffled(below, drawn))


def shares(sizes: Sequence[int], shown: int) -> list[int]:
    """Return how many of *shown* questions come from each topic: one each in turn, while a topic has some left.

    >>> shares([5, 1, 5], 6)
    [3, 1, 2]
    """
    given = [0] * len(sizes)
    left = min(shown, sum(sizes))
    while left > 0:
        for at, size in enumerate(sizes):
            if left > 0 and given[at] < size:
                given[at] += 1
                left -= 1
    return given


def shuffled(below: Below, items: Sequence[T]) -> list[T]:
    """Return *items* in an order drawn by Fisher–Yates; every order is equally likely if the numbers of *below* are.

    >>> shuffled(lambda k: 0, ["a", "b", "c"])
    ['b', 'c', 'a']
    """
    found = list(items)
    for last in range(len(found) - 1, 0, -1):
        other = below(last + 1)
        found[last], found[other] = found[other], found[last]
    return found


def numbers(seed: bytes, purpose: str) -> Below:
    """Return the source of the numbers of *purpose* under *seed*; see the top of this module."""
    words = _words(seed, purpose.encode())

    def below(limit: int) -> int:
        fair, word = WORDS - WORDS % limit, next(words)
        while word >= fair:
            word = next(words)
        return word % limit

    return below


def _words(seed: bytes, purpose: bytes) -> Iterator[int]:
    block, prefix = 0, len(purpose).to_bytes(8, "big") + purpose
    while True:
        yield from _EIGHT_WORDS.unpack(hmac.digest(seed, prefix + block.to_bytes(8, "big"), "sha256"))
        block += 1


def _draw(below: Below, questions: Sequence[Arrangeable], shown: int | None) -> list[Arrangeable]:
    """Return *shown* of the questions in the order of the round; topics take part in the order in which they occur."""
    if shown is None or shown >= len(questions):
        return list(questions)
    topics: dict[str, list[Arrangeable]] = {}
    for question in questions:
        topics.setdefault(question.topic, []).append(question)
    parts = zip(topics.values(), shares([len(each) for each in topics.values()], shown), strict=True)
    drawn = {question.position for each, share in parts for question in shuffled(below, each)[:share]}
    return [question for question in questions if question.position in drawn]


def _arranged(seed: bytes, question: Arrangeable) -> Arranged:
    if question.keeps_choices:
        return Arranged(question.position, question.letters)
    letters = shuffled(numbers(seed, f"choices {question.position}"), question.letters)
    return Arranged(question.position, "".join(letters))
