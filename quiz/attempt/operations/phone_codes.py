"""Confirm a participant by a code that is sent to their phone."""

import hmac
import json
import secrets
import uuid
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.messages.outbox import post_sms
from core.person_keys import find_person
from core.throttle import count_try
from core.upsert import insert_if_missing, upsert_add
from core.values.week import local_date
from quiz.attempt.operations.confirming import AlreadyConfirmed
from quiz.contest.models import Contest, Participant, PhoneCode, SmsDay
from quiz.contest.operations.confirmation import confirm_phone
from quiz.contest.rules.phone_code import (
    DIGITS,
    FROM_THE_RESERVE,
    MOST_A_DAY,
    MOST_OF_A_CONTEST,
    MOST_ON_A_PHONE,
    MOST_TRIES,
    OF_A_NETWORK,
    RESERVED,
    VALID,
    pause_after,
)


class TooSoon(Exception):
    """The next code is sent later; carries the wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


class NoMoreToday(Exception):
    """The participant, or the contest, has sent all codes of the day."""


class WrongCode(Exception):
    """The code is not the one that was sent, or it is over."""


def send_code(
    session: Session, keyring: Keyring, contest: Contest, participant_id: uuid.UUID, *, network: str, now: datetime
) -> str:
    """Send a new code to the participant's phone, in place of an earlier one; return the phone.

    *network* is that of the request; only its hash of the day is stored.

    Raises:
        AlreadyConfirmed: they are confirmed.
        TooSoon, NoMoreToday, Shut: by `quiz.contest.rules.phone_code`, the last for the whole network.
        LookupError: their data are erased or restricted, or they have no phone.
    """
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    _begin(session, participant_id, now)
    if session.get_one(Participant, participant_id).confirmed_at is not None:
        raise AlreadyConfirmed
    text = f"{code} la ma xac nhan du thi, dung trong 10 phut. Khong dua ma nay cho ai."
    hash = code_hash(keyring, participant_id, code)
    return send_text(session, keyring, contest, participant_id, text, hash=hash, network=network, now=now)


def send_text(
    session: Session,
    keyring: Keyring,
    contest: Contest,
    participant_id: uuid.UUID,
    text: str,
    *,
    hash: bytes = b"",
    network: str = "",
    now: datetime,
) -> str:
    """Send *text* to the participant's phone within the limits of phone codes; return the phone.

    *hash* is that of a phone code in the text; without one, an earlier phone code is void. *network* is that of the
    participant's request, empty where staff sends.

    Raises:
        TooSoon, NoMoreToday, Shut: by `quiz.contest.rules.phone_code`.
        LookupError: their data are erased or restricted, or they have no phone.
    """
    today = local_date(now)
    _begin(session, participant_id, now)
    participant = session.get_one(Participant, participant_id)
    phone = _phone_of(session, keyring, participant)
    _claim(session, participant_id, hash, now)
    upsert_add(session, SmsDay, {"contest_id": contest.id, "day": today}, {"sends": 1})  # others wait here
    if _sent_to_phone(session, participant, today) > MOST_ON_A_PHONE:
        raise NoMoreToday
    sent = select(SmsDay.sends).where(SmsDay.contest_id == contest.id, SmsDay.day == today)
    total = session.scalar(sent) or 0
    if total > MOST_OF_A_CONTEST:
        raise NoMoreToday
    if network:
        budget = OF_A_NETWORK if total <= MOST_OF_A_CONTEST - RESERVED else FROM_THE_RESERVE
        count_try(session, keyring.mac("sms", str(contest.id), today.isoformat(), network), now, budget)
    post_sms(session, keyring, to=phone, text=text, now=now)
    return phone


def _begin(session: Session, participant_id: uuid.UUID, now: datetime) -> None:
    """Insert the participant's row if it is missing, so that the transaction begins with a write."""
    empty = {"code_hash": b"", "sent_at": now, "tries": MOST_TRIES, "day": local_date(now), "sends": 0}
    insert_if_missing(session, PhoneCode, {"participant_id": participant_id}, **empty)


def _sent_to_phone(session: Session, participant: Participant, today: date) -> int:
    """Return the codes of the day that went to the participant's phone, for anybody of the contest."""
    sent = select(func.coalesce(func.sum(PhoneCode.sends), 0)).join(Participant).where(PhoneCode.day == today)
    same = (Participant.contest_id == participant.contest_id, Participant.phone_hash == participant.phone_hash)
    return int(session.scalar(sent.where(*same)) or 0)


def _claim(session: Session, participant_id: uuid.UUID, hash: bytes, now: datetime) -> None:
    """Store the hash of the new code; of two simultaneous requests one is refused."""
    session.expire_all()
    row, today = session.get_one(PhoneCode, participant_id), local_date(now)
    sends = row.sends if row.day == today else 0
    if sends >= MOST_A_DAY:
        raise NoMoreToday
    wait = row.sent_at + pause_after(sends) - now
    if wait > timedelta(0):
        raise TooSoon(wait)
    mine = (PhoneCode.participant_id == participant_id, PhoneCode.sends == row.sends, PhoneCode.day == row.day)
    change = update(PhoneCode).where(*mine)
    change = change.values(code_hash=hash, sent_at=now, tries=0, day=today, sends=sends + 1)
    if session.execute(change.returning(PhoneCode.participant_id)).first() is None:
        raise TooSoon(pause_after(1))


def check_code(session: Session, keyring: Keyring, participant_id: uuid.UUID, code: str, *, now: datetime) -> None:
    """Count a try, and confirm the participant and the phone if *code* is the newest one. The door commits even after
    WrongCode, or a try would not count.

    Raises:
        WrongCode: another code, one older than `VALID`, or one tried too often.
        PhoneFull: as many people as the contest allows have confirmed the phone.
    """
    mine = (PhoneCode.participant_id == participant_id, PhoneCode.tries < MOST_TRIES, PhoneCode.sent_at > now - VALID)
    count = update(PhoneCode).where(*mine).values(tries=PhoneCode.tries + 1).returning(PhoneCode.code_hash)
    found = session.execute(count.execution_options(synchronize_session=False)).first()
    if found is None or not hmac.compare_digest(found.code_hash, code_hash(keyring, participant_id, code)):
        raise WrongCode
    participant = session.get_one(Participant, participant_id)
    participant.confirmed_at = participant.confirmed_at or now
    confirm_phone(session, participant, now=now)
    session.execute(delete(PhoneCode).where(PhoneCode.participant_id == participant_id))
    session.flush()


def code_hash(keyring: Keyring, participant_id: uuid.UUID, code: str) -> bytes:
    """Return the keyed hash under which a code is stored."""
    return keyring.mac("phone-code", participant_id.bytes, code)


def _phone_of(session: Session, keyring: Keyring, participant: Participant) -> str:
    person = find_person(session, keyring, participant.person_id)
    facts = json.loads(person.unseal(participant.sealed)) if person and participant.restricted_at is None else []
    if not facts or not facts[1]:
        raise LookupError(participant.id)
    return str(facts[1])
