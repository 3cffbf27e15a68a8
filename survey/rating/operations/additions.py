"""Add reasons and a comment to a rating that is recorded: once, and while its week lasts."""

import base64
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from core import upsert
from core.crypto import Keyring
from core.values.week import local_date, monday_of
from survey.instrument.rules import quick
from survey.rating.models import OptionTally, Rating
from survey.rating.operations.record import counted_options, tally_rows
from survey.rating.rules.additions import Ticket
from survey.rating.rules.answers import write_answers

_TABLE = cast(Table, Rating.__table__)


@dataclass(frozen=True)
class Addition:
    """Reasons and a comment that follow a rating: the codes of the reasons, and a comment or the empty text."""

    reasons: Collection[str] = ()
    comment: str = ""

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The reasons as (item, option), each once, in a fixed order."""
        return [(quick.REASONS, reason) for reason in sorted(set(self.reasons))]


class AdditionRefused(Exception):
    """The rating takes nothing more: its week is over, it has reasons or a comment already, or it was deleted."""


def addition_key(keyring: Keyring, receipt: str) -> str:
    """Return the idempotency key of what is added to the rating with *receipt*: one, so that it is added once.

    It can't be computed from the database alone, so the stored reply leads to no rating.
    """
    return base64.urlsafe_b64encode(keyring.mac("rating-addition", receipt)[:16]).decode().rstrip("=")


def add_to_rating(
    session: Session, keyring: Keyring, counter_id: int, ticket: Ticket, addition: Addition, *, now: datetime
) -> None:
    """Add *addition* to the rating of *ticket* and count it under the class that the rating has.

    It stays one rating: neither its level nor its sender is counted again. A rating of a rehearsal is not counted.

    Raises:
        AdditionRefused: nothing was changed.
    """
    level = (quick.LEVEL, str(int(ticket.level)))
    change = (
        update(_TABLE)
        .where(
            _TABLE.c.receipt_hash == keyring.mac("rating-receipt", ticket.receipt),
            _TABLE.c.counter_id == counter_id,
            _TABLE.c.week == monday_of(local_date(now)),
            _TABLE.c.answers == write_answers([level]),
            _TABLE.c.comment == "",
        )
        .values(answers=write_answers([level, *addition.answers]), comment=addition.comment)
        .returning(*(_TABLE.c[name] for name in ("counter_id", "week", "channel", "rating_class", "is_rehearsal")))
    )
    session.flush()
    changed: Any = session.connection().execute(change).mappings().one_or_none()
    if changed is None:
        raise AdditionRefused
    if not changed["is_rehearsal"]:
        counted = counted_options(addition.answers, has_comment=bool(addition.comment))
        upsert.upsert_add_all(session, OptionTally, tally_rows(changed, counted), by=("count",))
