"""Confirm a registered participant by an entry card, so that they are ranked."""

import uuid
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.crypto import Keyring
from quiz.contest.models import Contest, Participant
from quiz.contest.operations.cards import redeem_card


class AlreadyConfirmed(Exception):
    """The participant is confirmed; a second card would be wasted."""


def confirm_by_card(
    session: Session, keyring: Keyring, contest: Contest, participant_id: uuid.UUID, card: str, *, now: datetime
) -> None:
    """Use up *card* and confirm the participant, from *now* on.

    Raises:
        AlreadyConfirmed: they are confirmed.
        CardRefused: the card is unknown, used or void.
    """
    mine = update(Participant).where(Participant.id == participant_id, Participant.confirmed_at.is_(None))
    claim = mine.values(confirmed_at=now).returning(Participant.id).execution_options(synchronize_session=False)
    if session.execute(claim).first() is None:
        raise AlreadyConfirmed
    redeem_card(session, keyring, contest.id, card, now=now)
    session.expire_all()
