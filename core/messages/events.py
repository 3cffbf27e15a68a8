"""Events for webhooks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Event:
    """An event for webhooks: its name, the key that identifies it, and facts about no person (JSON).

    The same event, by name and *key*, has the same id for a receiver however often it is announced. *due*: not before.
    """

    name: str
    key: str
    facts: Mapping[str, Any]
    due: datetime | None = None
