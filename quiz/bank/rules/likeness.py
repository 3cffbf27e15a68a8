"""Questions that ask nearly the same, and keys that can be guessed without knowing anything."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.values.text import search_key
from quiz.bank.rules.parsed import ParsedQuestion

K = TypeVar("K", bound=Hashable)
NEAR = 0.6
"""The share of common word pairs from which two questions are called nearly the same."""
LONGER = 1.25
"""How much longer than every other choice a key is that stands out by its length."""
LEAST_JUDGED = 8
"""Questions below which a set is too small to judge its keys."""
_LOPSIDED = 0.5
_COMMON = 200  # questions; a pair of words that occurs in more of them tells nothing


@dataclass(frozen=True)
class Alike(Generic[K]):
    """Two questions that ask nearly the same; `share` is 1 where all their words are the same."""

    one: K
    other: K
    share: float


def shingles(question: ParsedQuestion) -> frozenset[str]:
    """Return the pairs of neighbouring folded words of the text, and the folded choices.

    >>> sorted(shingles(ParsedQuestion("Ai trả lời?")))
    ['ai tra', 'tra loi']
    """
    words = "".join(letter if letter.isalnum() else " " for letter in search_key(question.text)).split()
    pairs = {f"{first} {second}" for first, second in zip(words, words[1:], strict=False)} or set(words)
    choices = {f"={search_key(choice.text)}" for choice in question.choices if choice.text}
    return frozenset(pairs | choices | {f"#{picture.digest}" for _letter, picture in question.pictures})


def near_duplicates(
    questions: Mapping[K, ParsedQuestion], of: Mapping[K, ParsedQuestion] | None = None
) -> list[Alike[K]]:
    """Return the pairs of questions whose sets of word pairs have at least `NEAR` in common, the most alike first.

    With *of* only pairs with one of those are returned; each pair once. No questions give no pairs.
    """
    sets = {key: shingles(question) for key, question in {**questions, **(of or {})}.items()}
    holders: dict[str, list[K]] = defaultdict(list)
    found: list[Alike[K]] = []
    for key, own in sets.items():
        common = Counter(other for each in own if len(holders[each]) < _COMMON for other in holders[each])
        for other, count in common.items():
            share = count / (len(own) + len(sets[other]) - count)
            if share >= NEAR and (of is None or key in of or other in of):
                found.append(Alike(other, key, share))
        for each in own:
            holders[each].append(key)
    return sorted(found, key=lambda each: -each.share)


def stands_out(question: ParsedQuestion) -> bool:
    """Whether the only right choice is clearly the longest, by which it is often guessed."""
    if len(question.key) != 1 or len(question.choices) < 3:
        return False
    right = max(len(choice.text) for choice in question.choices if choice.is_right)
    others = max(len(choice.text) for choice in question.choices if not choice.is_right)
    return right >= LONGER * others and right >= others + 8


def longest_keys(questions: Sequence[ParsedQuestion]) -> list[int]:
    """Return the numbers, from 1, of the questions whose key stands out, if they are at least half of enough ones."""
    found = [at for at, question in enumerate(questions, start=1) if stands_out(question)]
    return found if len(questions) >= LEAST_JUDGED and 2 * len(found) >= len(questions) else []


def uneven_letters(questions: Sequence[ParsedQuestion]) -> dict[str, int]:
    """Return how often each letter is the key, if one of them is the key of half of enough questions; else nothing.

    >>> uneven_letters([])
    {}
    """
    counts = Counter(next(iter(question.key)) for question in questions if len(question.key) == 1)
    if counts.total() < LEAST_JUDGED or max(counts.values()) < _LOPSIDED * counts.total():
        return {}
    letters = sorted({choice.letter for question in questions for choice in question.choices})
    return {letter: counts[letter] for letter in letters}
