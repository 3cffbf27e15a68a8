"""The context for building an instance, and the parts that several builders share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from account.models import Account
from commune.models import Unit
from core.crypto import Keyring
from core.sheets.memory import keep_draft
from core.values.week import local_date
from quiz.contest.models import Round
from tests.factories import (
    make_contest,
)
from tests.support.forged.scenario import Names

DAY = timedelta(days=1)
VILLAGER = "Giàng A Páo"


@dataclass(frozen=True)
class Builder:
    """The context for building, and the names built so far."""

    session: Session
    keyring: Keyring
    names: Names
    now: datetime
    province: Unit
    commune: Unit
    me: Account
    colleague: Account
    organiser: Account


def add_contest(
    builder: Builder, name: str, opens: timedelta, closes: timedelta, *, units: Sequence[Unit] = ()
) -> Round:
    """Add a contest of one round that opens and closes at these distances from now; *name* is the name of its
    address.
    """
    contest = make_contest(
        builder.session, unit=builder.province, units=units or [builder.commune], weeks=1, questions=2
    )
    round, now = contest.rounds[0], builder.now
    round.opens_at, round.closes_at, round.results_at = now + opens, now + closes, now + closes
    builder.session.flush()
    builder.names[name] = contest.slug
    return round


def kept(builder: Builder, owner: str, purpose: str, text: str) -> str:
    """Keep the draft of an uploaded sheet with the text of that name; return its id."""
    data, today = builder.names[text].encode(), local_date(builder.now)
    id = keep_draft(
        builder.session, builder.keyring, owner=owner, purpose=purpose, name="bang.csv", data=data, today=today
    )
    return str(id)
