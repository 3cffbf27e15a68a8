"""Give a participant a new personal code, after a call to the registered phone."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, Subject, record
from core.crypto import Keyring
from core.person_keys import find_person
from quiz.contest.models import Contest, Participant
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.operations.registration import Identity
from quiz.contest.rules.actions import QuizAction
from quiz.persons.queries.participants import find_identity


class NoSuchParticipant(Exception):
    """No participant of the contest has this name, phone and birth year, or their data is restricted or erased."""


def renew_code(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    contest: Contest,
    identity: Identity,
    *,
    code: str,
    reason: str,
    now: datetime,
) -> Participant:
    """Replace the personal code of the participant *identity* by *code* and record it; the old one is void at once.

    Papers that were begun stay, and so do their receipts. The name in the audit trail is under the person's own key.

    Raises:
        NoSuchParticipant: no participant can be given a code.
    """
    participant = find_identity(session, keyring, contest, identity)
    person = find_person(session, keyring, participant.person_id) if participant else None
    if participant is None or person is None:
        raise NoSuchParticipant
    mine = Participant.id == participant.id, Participant.restricted_at.is_(None), Participant.person_id.is_not(None)
    change = update(Participant).where(*mine).values(code_hash=keyring.mac("personal-code", code), code_renewed_at=now)
    if session.execute(change.returning(Participant.id)).first() is None:
        raise NoSuchParticipant
    whole = of_contest(contest)
    about = Subject("quiz.participant", participant.id, f"Người dự thi, {whole.words}", whole.unit_id)
    named = (person, {"name": identity.name})
    record(session, actor, QuizAction.CODE_RENEW, about, reason=reason, person=named, now=now)
    return participant
