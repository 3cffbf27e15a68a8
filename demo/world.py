"""The context of the load: database, keys, random source, present moment, and a function to report progress."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.crypto import Keyring
from demo.chance import Chance


@dataclass(frozen=True)
class World:
    """Passed to every part of the load."""

    session: Session
    keyring: Keyring
    chance: Chance
    now: datetime
    say: Callable[[str], None]
