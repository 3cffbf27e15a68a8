"""Ratings that are set apart: those of an office's own staff, through the real operation."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from core.crypto import Keyring, new_code
from survey.counter.models import Counter
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.operations.senders import Sender
from survey.rating.rules.channels import Channel

STAFF = Sender(page="", browser="", device="", network="", is_own=True)


def rate_as_staff(
    session: Session, keyring: Keyring, counter: Counter, count: int, *, now: datetime, level: int = 5
) -> None:
    """Rate *counter* so many times from its own office, each from a device and a line of its own."""
    for at in range(count):
        record_rating(
            session,
            keyring,
            counter,
            Opinion(Level(level)),
            channel=Channel.OPEN,
            receipt=new_code(),
            now=now,
            sender=replace(STAFF, device=f"device {at}", network=f"line {at}"),
        )
