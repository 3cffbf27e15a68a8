"""Confirm that a participant is the owner of their phone, which gives them a place on it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.contest.models import Participant


class PhoneFull(Exception):
    """As many people as the contest allows on a phone have confirmed."""


def confirm_phone(session: Session, participant: Participant, *, now: datetime) -> None:
    """Record that the owner of the phone confirmed this participant, by a call or a code.

    A participant without a place takes a free one, else that of the latest who has not confirmed: invented names give
    way, whose turns stay counted. A participant without a phone has nothing to share.

    Raises:
        PhoneFull: all places are taken by people who confirmed; nothing was changed.
    """
    if participant.phone_slot is None:
        _take_place(session, participant)
    participant.verified_at = participant.verified_at or now
    session.flush()


def _take_place(session: Session, participant: Participant) -> None:
    others = session.scalars(
        select(Participant)
        .where(Participant.contest_id == participant.contest_id, Participant.phone_hash == participant.phone_hash)
        .where(Participant.phone_slot.is_not(None))
        .order_by(Participant.registered_at, Participant.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    taken = {each.phone_slot for each in others}
    free = next((slot for slot in range(1, participant.contest.people_per_phone + 1) if slot not in taken), None)
    if free is None:
        yielding = next((each for each in reversed(others) if each.verified_at is None), None)
        if yielding is None:
            raise PhoneFull
        free, yielding.phone_slot = yielding.phone_slot, None
        session.flush()
    participant.phone_slot = free
    session.flush()
