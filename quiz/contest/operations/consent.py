"""What a participant agrees to, and takes back."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quiz.contest.models import Consent, Participant
from quiz.contest.operations.locks import lock_people
from quiz.contest.rules.consent import WORDING, Purpose, offered


def consent_values(participant_id: uuid.UUID, agreed: Collection[Purpose], *, now: datetime) -> list[dict[str, Any]]:
    """The rows of what somebody agrees to at *now*, in today's wording."""
    return [
        {"participant_id": participant_id, "purpose": purpose.value, "wording": WORDING, "given_at": now}
        for purpose in sorted(set(agreed))
    ]


def give_consent(session: Session, participant_id: uuid.UUID, agreed: Collection[Purpose], *, now: datetime) -> None:
    """Write down what a newly registered participant agreed to; nothing that was not ticked."""
    session.add_all(Consent(**values) for values in consent_values(participant_id, agreed, now=now))
    session.flush()


def agree_again(
    session: Session, participants: Collection[Participant], purposes: Collection[Purpose], *, now: datetime
) -> int:
    """Write down that *participants* agree to free *purposes* from now on, in today's wording (Luật 91/2025/QH15).

    Returns how many agreements began: one that stands goes on standing, nobody who may be a child agrees to being
    named, and whoever was erased agrees to nothing. What was taken back before stays written as it was.
    """
    held = lock_people(session, [each.id for each in participants])
    known = [each for each in held if each.person_id is not None]
    values = [
        row
        for each in known
        for row in consent_values(each.id, set(purposes) & set(offered((), is_child=each.may_be_child)), now=now)
    ]
    return sum(_begin(session, row) for row in values)


def _begin(session: Session, values: dict[str, Any]) -> bool:
    try:
        with session.begin_nested():
            session.add(Consent(**values))
    except IntegrityError:  # it stands already
        return False
    return True


def withdraw_consent(
    session: Session, participants: Collection[uuid.UUID], purposes: Collection[Purpose], *, now: datetime
) -> int:
    """Take back what *participants* agreed to for *purposes*; returns how many agreements ended.

    It holds from now on and does not undo what was done before. What was taken back already keeps its moment.
    """
    which = (
        Consent.participant_id.in_(participants),
        Consent.purpose.in_([purpose.value for purpose in purposes]),
        Consent.withdrawn_at.is_(None),
    )
    done = session.execute(update(Consent).where(*which).values(withdrawn_at=now).returning(Consent.purpose))
    return len(done.all())


def withdraw_again(session: Session, ended: Collection[tuple[uuid.UUID, str, datetime, datetime]]) -> int:
    """End those of *ended* (as `list_withdrawn` has them) that stand in a copy of an earlier day; returns how many."""
    done = 0
    for id, purpose, given_at, ended_at in ended:
        which = (Consent.participant_id == id, Consent.purpose == purpose, Consent.given_at == given_at)
        change = update(Consent).where(*which, Consent.withdrawn_at.is_(None)).values(withdrawn_at=ended_at)
        done += len(session.execute(change.returning(Consent.purpose)).all())
    return done
