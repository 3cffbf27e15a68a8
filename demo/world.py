"""What every part of the load is given: the database, the keys, the chance, the present moment, a way to report."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.crypto import Keyring
from demo.chance import Chance


@dataclass(frozen=True)
class World:
    """Handed from part to part."""

    session: Session
    keyring: Keyring
    chance: Chance
    now: datetime
    say: Callable[[str], None]
