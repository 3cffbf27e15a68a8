"""What a participant agrees to when they register."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from privacy.models import Consent
from privacy.operations import consent
from quiz.contest.rules.consent import PARTICIPANT, WORDING, Purpose


def consent_values(participant_id: uuid.UUID, agreed: Collection[Purpose], *, now: datetime) -> list[dict[str, Any]]:
    """The rows of what somebody agrees to at *now*, in today's wording."""
    return consent.consent_values(PARTICIPANT, participant_id, agreed, wording=WORDING, now=now)


def give_consent(session: Session, participant_id: uuid.UUID, agreed: Collection[Purpose], *, now: datetime) -> None:
    """Write down what a newly registered participant agreed to; nothing that was not ticked."""
    session.add_all(Consent(**values) for values in consent_values(participant_id, agreed, now=now))
    session.flush()
