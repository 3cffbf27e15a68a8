"""Record one rating."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import upsert
from core.crypto import Keyring
from core.values.week import local_date, monday_of
from survey.counter.models import Counter
from survey.instrument.rules import Level, Reason
from survey.rating.models import Rating, RatingReason, Tally
from survey.rating.rules.channels import Channel

LONGEST_COMMENT = 1000


@dataclass(frozen=True)
class Opinion:
    """What a citizen says: the level, what it was about, a comment or none."""

    level: Level
    reasons: Collection[Reason] = ()
    comment: str = ""


class RehearsalOver(Exception):
    """The page was of a rehearsal that has ended meanwhile, or the other way round."""


def record_rating(
    session: Session,
    keyring: Keyring,
    counter: Counter,
    opinion: Opinion,
    *,
    channel: Channel,
    receipt: str,
    now: datetime,
    id: uuid.UUID | None = None,
) -> Rating:
    """Store a rating with its week only, and count it; `rules.release` says when it may be seen.

    No address, device or time of day comes near the row: nobody could be found by it. At a counter in rehearsal it is
    marked and counts nowhere.

    Raises:
        RehearsalOver: the rehearsal has just ended.
    """
    rating = build_rating(keyring, counter, opinion, channel=channel, receipt=receipt, today=local_date(now), id=id)
    session.add(rating)
    if counter.is_rehearsal:
        _hold_rehearsal(session, counter)
        rating.is_rehearsal = True
    else:
        upsert.upsert_add(session, Tally, tally_key(rating), {f"level_{opinion.level}": 1})
    return rating


def build_rating(
    keyring: Keyring,
    counter: Counter,
    opinion: Opinion,
    *,
    channel: Channel,
    receipt: str,
    today: date,
    id: uuid.UUID | None = None,
) -> Rating:
    """The row of a rating with its reasons, not yet added."""
    return Rating(
        id=id or uuid.uuid4(),
        counter_id=counter.id,
        channel=channel.value,
        level=int(opinion.level),
        comment=opinion.comment,
        week=monday_of(today),
        receipt_hash=keyring.mac("rating-receipt", receipt),
        reasons=[RatingReason(reason=reason.value) for reason in sorted(set(opinion.reasons))],
    )


def tally_key(rating: Rating) -> dict[str, object]:
    """Where *rating* is counted: its counter, its week, its channel."""
    return {"counter_id": rating.counter_id, "week": rating.week, "channel": rating.channel}


def _hold_rehearsal(session: Session, counter: Counter) -> None:
    """Keep the switch as it is until the commit, so that a wipe leaves nothing behind."""
    session.flush()
    held = select(Counter.is_rehearsal).where(Counter.id == counter.id).with_for_update(read=True)
    if not session.scalar(held):
        raise RehearsalOver
