"""Give a participant a new personal code: shown to staff, or sent to the registered phone, which staff never see."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, Subject, record
from account.rules.chain import Plain
from account.rules.relation import Relation
from core.crypto import Keyring
from core.person_keys import find_person
from core.values.codes import in_fours
from core.values.kept import kept
from core.values.text import N_
from quiz.attempt.operations.phone_codes import send_text
from quiz.contest.models import Participant
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.persons.queries.renewal import is_undecided
from quiz.results.queries.result import contacts_of

_PERSON = kept(N_("Người dự thi, %(words)s"))


class NoSuchParticipant(Exception):
    """The participant's data are restricted or erased, or an approval was used already."""


def of_participant(participant: Participant) -> Subject:
    """Return the participant as the subject of a renewal, without a name."""
    whole = of_contest(participant.contest)
    return Subject("quiz.participant", participant.id, _PERSON % {"words": whole.words}, whole.unit_id)


def renew_code(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    participant: Participant,
    *,
    code: str,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
) -> None:
    """Replace the personal code of *participant* by *code*, which *actor* sees, and record it; the old one is void.

    While a round of the contest is not published, the code could be used against its owner: then *approval* is the
    second person's, good for one code, or None where one person decides alone, which is stored as such. Papers that
    were begun stay, and so do their receipts.

    Raises:
        NoSuchParticipant: they can't be given a code, or *approval* has given one.
    """
    mine: list[ColumnElement[bool]] = [Participant.restricted_at.is_(None), Participant.person_id.is_not(None)]
    if approval is not None and approval.related != Relation.ALONE:
        mine.append(or_(Participant.code_renewed_at.is_(None), Participant.code_renewed_at < approval.decided_at))
    change = update(Participant).where(Participant.id == participant.id, *mine)
    change = change.values(code_hash=keyring.mac("personal-code", code), code_renewed_at=now)
    if session.execute(change.returning(Participant.id)).first() is None:
        raise NoSuchParticipant
    if approval is None and is_undecided(participant.contest, now):
        approval = approve_alone(
            session, actor, QuizAction.CODE_RENEW, of_participant(participant), reason=reason, now=now
        )
    _record(session, keyring, actor, participant, reason, agreement(approval), now)


def text_code(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    participant: Participant,
    *,
    code: str,
    reason: str,
    now: datetime,
) -> str:
    """Replace the personal code of *participant* by *code* and send it to the registered phone; return the phone.

    No account sees the code, so that one person alone may send it. The limits are those of phone codes.

    Raises:
        NoSuchParticipant: they can't be given a code.
        TooSoon, NoMoreToday, LookupError: as `send_text` raises them.
    """
    text = f"Ma ca nhan moi de thi: {in_fours(code)}. Ma cu khong dung duoc nua. Khong dua ma nay cho ai."
    phone = send_text(session, keyring, participant.contest, participant.id, text, now=now)
    change = update(Participant).where(Participant.id == participant.id, Participant.restricted_at.is_(None))
    change = change.values(code_hash=keyring.mac("personal-code", code)).returning(Participant.id)
    if session.execute(change).first() is None:
        raise NoSuchParticipant
    _record(session, keyring, actor, participant, reason, {"sent": N_("bằng tin nhắn")}, now)
    return phone


def _record(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    participant: Participant,
    reason: str,
    after: dict[str, Plain],
    now: datetime,
) -> None:
    """Record a renewal; the name in the audit trail is under the person's own key."""
    person = find_person(session, keyring, participant.person_id)
    contact = contacts_of(session, keyring, [participant]).get(participant.id)
    named = (person, {"name": contact.name}) if person and contact else None
    about = of_participant(participant)
    record(session, actor, QuizAction.CODE_RENEW, about, after=after, reason=reason, person=named, now=now)
