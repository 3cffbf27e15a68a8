"""What happened, as receivers of webhooks are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Event:
    """What receivers of webhooks are told: its name, what it is one of a kind by, and facts that name nobody (JSON).

    The same event, by name and *key*, has the same id for a receiver however often it is announced. *due*: not before.
    """

    name: str
    key: str
    facts: Mapping[str, Any]
    due: datetime | None = None
