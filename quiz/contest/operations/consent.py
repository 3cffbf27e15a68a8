"""Consents given at the registration."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from privacy.models import Consent
from privacy.operations import consent
from quiz.contest.rules.consent import PARTICIPANT, WORDING, Purpose


def consent_values(participant_id: uuid.UUID, agreed: Collection[Purpose], *, now: datetime) -> list[dict[str, Any]]:
    """Return the rows of a participant's consents at *now*, in today's wording."""
    return consent.consent_values(PARTICIPANT, participant_id, agreed, wording=WORDING, now=now)


def give_consent(
    session: Session, participant_id: uuid.UUID, agreed: Collection[Purpose], *, now: datetime, wording: str = WORDING
) -> None:
    """Store the consents of a newly registered participant, in the *wording* that they read."""
    values = consent.consent_values(PARTICIPANT, participant_id, agreed, wording=wording, now=now)
    session.add_all(Consent(**each) for each in values)
    session.flush()
