"""Commitments that bind an attempt before anyone knows the results.

The first hides who took part behind a salt that can be deleted; the second hides what was answered behind a salt that
is published with the results. Both hash canonical JSON, so that no two contents share a text.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any


def canonical(value: Any) -> str:
    """*value* as JSON with sorted keys and no spaces: the one text that is stored and hashed.

    >>> canonical({"2": ["B"], "1": ["A"]})
    '{"1":["A"],"2":["B"]}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def of_person(salt: bytes, attempt: str, participant: str) -> bytes:
    """SHA-256 (32 bytes) that names *participant* to whoever holds the person's *salt*; differs in every attempt."""
    return _hash(["participant-v1", salt.hex(), attempt, participant])


def of_answers(salt: bytes, answers: Mapping[str, Collection[str]], guess: int | None) -> bytes:
    """SHA-256 (32 bytes) over the *answers* (question → chosen letters) and the *guess*, under the attempt's *salt*."""
    return _hash(["answers-v1", salt.hex(), {question: sorted(chosen) for question, chosen in answers.items()}, guess])


def _hash(value: Any) -> bytes:
    return hashlib.sha256(canonical(value).encode()).digest()


def read_answers(stored: str) -> dict[str, list[str]]:
    """What `canonical` wrote of the answers: question → letters.

    >>> read_answers('{"1":["A"]}')
    {'1': ['A']}
    """
    answers: dict[str, list[str]] = json.loads(stored)
    return answers
