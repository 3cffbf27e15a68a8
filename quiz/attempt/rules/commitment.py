"""Commitments that bind an attempt before anyone knows the results.

The first hides the participant behind a salt that can be deleted; the second hides the answers behind a salt that is
published with the results. Both hash canonical JSON, so that different contents give different texts.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

CURRENT = 2
"""The format of answers in new commitments."""


def canonical(value: Any) -> str:
    """Return *value* as JSON with sorted keys and no spaces, the text that is stored and hashed.

    >>> canonical({"2": ["B"], "1": ["A"]})
    '{"1":["A"],"2":["B"]}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def of_person(salt: bytes, attempt: str, participant: str) -> bytes:
    """Return a SHA-256 (32 bytes) that identifies *participant* for a holder of the *salt*; it differs in every
    attempt.
    """
    return _hash(["participant-v1", salt.hex(), attempt, participant])


def of_answers(
    salt: bytes, answers: Mapping[str, Collection[str]], guess: int | None, *, format: int = CURRENT
) -> bytes:
    """Return SHA-256 (32 bytes) over the *answers* and the *guess*, under the attempt's *salt*.

    In format 2 the answers are letters by round question; in format 1, of attempts from before the question bank,
    letters by the position of the question in the round.
    """
    chosen = {question: sorted(letters) for question, letters in answers.items()}
    return _hash([f"answers-v{format}", salt.hex(), chosen, guess])


def _hash(value: Any) -> bytes:
    return hashlib.sha256(canonical(value).encode()).digest()


def read_answers(stored: str) -> dict[str, list[str]]:
    """Return the answers that `canonical` wrote: question → letters.

    >>> read_answers('{"1":["A"]}')
    {'1': ['A']}
    """
    answers: dict[str, list[str]] = json.loads(stored)
    return answers
