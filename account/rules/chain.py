"""The chain of the audit trail: each entry's hash covers the entry and the hash before it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

Plain = str | int | bool | None
"""The values of an entry's before and after: no lists, nothing nested."""
GENESIS = bytes(32)
"""The hash before the first entry."""
_HEAD = re.compile(r"(\d{1,12}):([0-9a-f]{64})")


def canonical(values: Mapping[str, object]) -> str:
    """Return *values* as canonical JSON: keys sorted, no spaces, letters unescaped.

    >>> canonical({"b": 1, "a": "Lâm"})
    '{"a":"Lâm","b":1}'
    """
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_hash(values: Mapping[str, object], previous: bytes) -> bytes:
    """Return SHA-256 (32 bytes) over the canonical JSON of an entry's *values* with the hash of the entry before it.

    >>> entry_hash({"number": 1}, GENESIS) == entry_hash({"number": 1}, bytes([1]) * 32)
    False
    """
    return hashlib.sha256(canonical({**values, "previous": previous.hex()}).encode()).digest()


def moment_text(moment: datetime) -> str:
    """Return a moment in the form of the chain, equal for both databases.

    >>> moment_text(datetime(2026, 6, 1, 2, 3, 4, 5000, UTC))
    '2026-06-01T02:03:04.005000Z'
    """
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def head_text(number: int, hash: bytes) -> str:
    """Return the head of the chain in its printed form: number and hash."""
    return f"{number}:{hash.hex()}"


def read_head(typed: str) -> tuple[int, bytes] | None:
    """Return a printed head; None if it can't be one.

    >>> read_head("0:" + "00" * 32) == (0, GENESIS)
    True
    >>> read_head("7") is None
    True
    """
    match = _HEAD.fullmatch(typed.strip().lower())
    return (int(match[1]), bytes.fromhex(match[2])) if match else None
