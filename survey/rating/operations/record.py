"""Store one rating."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from core import upsert
from core.crypto import Keyring
from core.values.week import local_date, monday_of
from survey.counter.models import Counter
from survey.instrument.queries import newest_quick
from survey.instrument.rules import quick
from survey.instrument.rules.levels import Level
from survey.rating.models import OptionTally, Rating
from survey.rating.operations.senders import Classified, Sender, class_of
from survey.rating.rules.answers import write_answers
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import NEW_DEVICE, SET_APART, RatingClass

INSERT_RATING = insert(cast(Table, Rating.__table__))


@dataclass(frozen=True)
class Opinion:
    """A citizen's answer: the level, the codes of the reasons, and a comment or the empty text."""

    level: Level
    reasons: Collection[str] = ()
    comment: str = ""

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The chosen options as (item, option), each once, in a fixed order."""
        return [
            (quick.LEVEL, str(int(self.level))),
            *((quick.REASONS, reason) for reason in sorted(set(self.reasons))),
        ]

    @property
    def counted(self) -> list[tuple[str, str]]:
        """The options that the tally counts: the chosen ones, and "written" for a comment; in a fixed order."""
        return counted_options(self.answers, has_comment=bool(self.comment))


class RatedCounter(Protocol):
    """The rated counter, as a row or as selected columns of it."""

    @property
    def id(self) -> int: ...

    @property
    def is_rehearsal(self) -> bool: ...


class CounterRehearsalOver(Exception):
    """The rehearsal ended, or began, after the page was shown."""


def record_rating(
    session: Session,
    keyring: Keyring,
    counter: RatedCounter,
    opinion: Opinion,
    *,
    channel: Channel,
    receipt: str,
    now: datetime,
    instrument_id: int | None = None,
    id: uuid.UUID | None = None,
    sender: Sender | None = None,
) -> uuid.UUID:
    """Store a rating with its week only, and count it; `rules.release` says when it may be seen. Returns its id.

    No address, device or time of day is stored, so that its author can't be found: of its *sender* the rating keeps the
    class alone. None: it came through no page, and is its own device. At a counter in rehearsal the rating is marked
    and not counted. *instrument_id* is the version that was answered, by default the newest.

    Raises:
        CounterRehearsalOver: the rehearsal has just ended.
    """
    id = id or uuid.uuid4()
    _lock_rehearsal(session, counter)
    found = _class_of(session, keyring, counter, sender, now)
    row = {
        "id": id,
        "counter_id": counter.id,
        "instrument_id": instrument_id or newest_quick(session),
        "channel": channel.value,
        "answers": write_answers(opinion.answers),
        "comment": opinion.comment,
        "week": monday_of(local_date(now)),
        "receipt_hash": keyring.mac("rating-receipt", receipt),
        "is_rehearsal": counter.is_rehearsal,
        "rating_class": found.kind.value,
    }
    _insert(session, row, opinion.counted + [(SET_APART, NEW_DEVICE)] * found.is_other_device)
    return id


def _class_of(
    session: Session, keyring: Keyring, counter: RatedCounter, sender: Sender | None, now: datetime
) -> Classified:
    if sender is None or counter.is_rehearsal:
        return Classified(RatingClass.FIRST)
    return class_of(session, keyring, counter.id, sender, now)


def _insert(session: Session, rating: Mapping[str, Any], counted: Iterable[tuple[str, str]]) -> None:
    session.flush()
    session.connection().execute(INSERT_RATING, rating)
    if not rating["is_rehearsal"]:
        upsert.upsert_add_all(session, OptionTally, tally_rows(rating, sorted(counted)), by=("count",))


def counted_options(chosen: Iterable[tuple[str, str]], *, has_comment: bool) -> list[tuple[str, str]]:
    """Return the (item, option) pairs of the tally to which a rating that chose *chosen* adds one each, in order."""
    written = [(quick.COMMENT, quick.WRITTEN)] if has_comment else []
    return sorted([*chosen, *written])


def tally_rows(rating: Mapping[str, Any], counted: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return what *counted* (item, option) pairs add to the tally under counter, week, channel and class of *rating*,
    in their order.
    """
    key = {name: rating[name] for name in ("counter_id", "week", "channel", "rating_class")}
    return [{**key, "item": item, "option": option, "count": 1} for item, option in counted]


def _lock_rehearsal(session: Session, counter: RatedCounter) -> None:
    """Lock the switch of a counter in rehearsal until the commit, so that a concurrent wipe misses no rating."""
    if not counter.is_rehearsal:
        return
    held = select(Counter.is_rehearsal).where(Counter.id == counter.id).with_for_update(read=True)
    if not session.scalar(held):
        raise CounterRehearsalOver
