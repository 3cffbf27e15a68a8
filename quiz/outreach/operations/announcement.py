"""Announce something to the participants who agreed to be written to: by text message, each phone once."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from core.crypto import Keyring
from core.db import parts
from core.jobs import Order, enqueue
from core.jobs.handlers import NEEDS
from core.messages.models import Message
from core.messages.outbox import post_sms, take_back, try_again
from core.upsert import insert_new
from core.values.text import N_
from privacy.operations.consent import withdraw_consent
from quiz.attempt.operations.lifecycle import lock_contest
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.operations.registration import phone_hash
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.outreach.models import FAILED, QUEUED, SENT, STOPPED, AnnouncedPhone, Announcement
from quiz.outreach.queries.announcement import count_phones, list_announcements, list_failed, list_reached
from quiz.outreach.rules.text_message import may_announce, may_retry, written_message
from quiz.results.queries.result import contacts_of

JOB = "quiz.announce"
AT_ONCE = 500
"""The people whose messages are put into the outbox in one transaction: other writers wait for no more."""
TITLE = N_("Gửi tin nhắn đến người dự thi")
DIGITS = 6
FIRST = uuid.UUID(int=0)


class NotAnnounceable(Exception):
    """The contest is a draft, a trial or in rehearsal, or was called off."""


class AnnouncedEnough(Exception):
    """As many messages as the limit allows went out within seven days."""


class TooLate(Exception):
    """The message is of another week, or of a round that is over."""


class NoRecipients(Exception):
    """No one agreed to be written to, or everybody has taken part."""


@dataclass(frozen=True)
class Wording:
    """The words of an announcement, and to whom it goes: everybody, or who has not taken part in a round."""

    text: str
    is_plain: bool = False
    has_link: bool = True
    absent_from: Round | None = None


@dataclass(frozen=True)
class Links:
    """The addresses in a message, without a scheme: of the contest, and of the page that stops messages."""

    contest: str
    stop: str


@dataclass(frozen=True)
class Sending:
    """The addresses of the messages, and the account whose job it is to send them ("account:12")."""

    links: Links
    owner: str


def check_announcement(session: Session, contest: Contest, wording: Wording, *, now: datetime) -> int:
    """Return the number of phones that an announcement would reach.

    Raises:
        NotAnnounceable, AnnouncedEnough, NoRecipients: it can't be sent.
    """
    if contest.is_draft or not contest.takes_papers or contest.is_rehearsal:
        raise NotAnnounceable
    if not may_announce([each.made_at for each in list_announcements(session, contest)], now):
        raise AnnouncedEnough
    phones = count_phones(session, contest, wording.absent_from)
    if not phones:
        raise NoRecipients
    return phones


def announce(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    contest: Contest,
    wording: Wording,
    sending: Sending,
    *,
    now: datetime,
    approval: Approval | None = None,
) -> Announcement:
    """Store an announcement, record it, and enqueue the job that puts its messages into the outbox.

    *approval* is the second person's, None where one person decides alone.

    Raises:
        NotAnnounceable, AnnouncedEnough, NoRecipients: as `check_announcement` does.
    """
    lock_contest(session, contest)
    phones, about = check_announcement(session, contest, wording, now=now), of_contest(contest)
    approval = approval or approve_alone(session, actor, QuizAction.ANNOUNCE, about, reason="", now=now)
    made = Announcement(
        contest_id=contest.id,
        round_id=wording.absent_from.id if wording.absent_from else None,
        text=wording.text,
        is_plain=wording.is_plain,
        has_link=wording.has_link,
        made_at=now,
        approval=approval,
    )
    session.add(made)
    session.flush()
    _go_on(session, keyring, made, sending, FIRST, now)
    after = {"message": wording.text, "phones": phones, **agreement(approval)}
    record(session, actor, QuizAction.ANNOUNCE, about, after=after, now=now)
    return made


def post_some(
    session: Session, keyring: Keyring, announcement: Announcement, sending: Sending, after: uuid.UUID, *, now: datetime
) -> int:
    """Put the messages for the next people, from the id *after* on, into the outbox, each phone once; return how many.

    The next job is part of the same transaction; a job that runs again posts nothing twice. A contest that was called
    off meanwhile writes to no one more.
    """
    people = list_reached(session, announcement, after, AT_ONCE) if announcement.contest.takes_papers else []
    contacts, posted = contacts_of(session, keyring, people), 0
    for each in people:
        phone = contacts[each.id].phone if each.id in contacts else None
        if phone and _claim_phone(session, announcement, each):
            _post(session, keyring, announcement, each, phone, sending.links, now)
            posted += 1
    if len(people) == AT_ONCE:
        _go_on(session, keyring, announcement, sending, people[-1].id, now)
    else:
        announcement.posted_at = announcement.posted_at or now
    session.flush()
    return posted


def _claim_phone(session: Session, announcement: Announcement, person: Participant) -> bool:
    """Store that the phone of *person* gets *announcement*; return False if it gets it already."""
    key = {"announcement_id": announcement.id, "phone_hash": person.phone_hash}
    return insert_new(
        session, AnnouncedPhone, {**key, "participant_id": person.id, "message_id": None, "state": QUEUED}
    )


def _post(
    session: Session,
    keyring: Keyring,
    announcement: Announcement,
    person: Participant,
    phone: str,
    links: Links,
    now: datetime,
) -> None:
    text = message_to(keyring, announcement.contest_id, phone, wording_of(announcement), links)
    id = post_sms(session, keyring, to=phone, text=text, now=now, is_bulk=True)
    mine = (AnnouncedPhone.announcement_id == announcement.id, AnnouncedPhone.phone_hash == person.phone_hash)
    session.execute(update(AnnouncedPhone).where(*mine).values(message_id=id))


def _go_on(
    session: Session, keyring: Keyring, announcement: Announcement, sending: Sending, after: uuid.UUID, now: datetime
) -> None:
    unit, dedupe = announcement.contest.unit_id, f"{JOB}:{announcement.id}:{after}"
    payload = {
        "announcement": announcement.id.hex,
        "after": after.hex,
        "contest": sending.links.contest,
        "stop": sending.links.stop,
        NEEDS: {"permission": "contest.manage", "units": [unit]},
    }
    enqueue(session, keyring, Order(JOB, TITLE, sending.owner, unit, payload, dedupe), now=now)


def wording_of(announcement: Announcement) -> Wording:
    """Return the stored words of *announcement*."""
    return Wording(announcement.text, announcement.is_plain, announcement.has_link, announcement.round)


def message_to(keyring: Keyring, contest_id: int, phone: str, wording: Wording, links: Links) -> str:
    """Return the whole message to one *phone*, with the number by which its owner stops further ones."""
    return written_message(
        wording.text,
        link=links.contest,
        stop_link=links.stop,
        number=stop_number(keyring, contest_id, phone),
        is_plain=wording.is_plain,
        has_link=wording.has_link,
    )


def stop_number(keyring: Keyring, contest_id: int, phone: str) -> str:
    """Return the six digits that come with each message to *phone*; with the phone they stop further ones."""
    drawn = int.from_bytes(keyring.mac("stop-texts", str(contest_id), phone)[:8], "big")
    return f"{drawn % 10**DIGITS:0{DIGITS}}"


def retry_failed(session: Session, actor: Actor, announcement: Announcement, *, now: datetime) -> int:
    """Queue the messages again that were given up, under their old ids, and record it; return how many.

    Those of people who no longer agree, or have taken part meanwhile, stay as they are.

    Raises:
        NotAnnounceable: the contest was called off, or takes no papers.
        TooLate: what the message says is past.
    """
    contest, round = announcement.contest, announcement.round
    if not contest.takes_papers or contest.is_draft or contest.is_rehearsal:
        raise NotAnnounceable
    if not may_retry(announcement.made_at, round.closes_at if round else None, now):
        raise TooLate
    done = try_again(session, list_failed(session, announcement), now)
    if done:
        about = of_contest(announcement.contest)
        record(session, actor, QuizAction.ANNOUNCE_AGAIN, about, after={"phones": done}, now=now)
    return done


def stop_phone(session: Session, keyring: Keyring, contest: Contest, phone: str, *, now: datetime) -> None:
    """Withdraw the consent of everybody on *phone* in *contest* to be written to, and take back what is not sent yet.

    A phone that takes no part changes nothing; the caller says the same in both cases.
    """
    hashed = phone_hash(keyring, contest.id, phone)
    mine = (Participant.contest_id == contest.id, Participant.phone_hash == hashed, Participant.is_rehearsal.is_(False))
    people = list(session.scalars(select(Participant.id).where(*mine)))
    withdraw_consent(session, PARTICIPANT, people, [Purpose.REACHED], now=now)
    _take_back(session, AnnouncedPhone.phone_hash == hashed)


def stop_people(session: Session, ids: Collection[uuid.UUID]) -> None:
    """Take back the messages to the people *ids* that are not sent yet: they withdrew their consent or are erased."""
    for some in parts(ids):
        _take_back(session, AnnouncedPhone.participant_id.in_(some))


def forget_phones(session: Session, keyring: Keyring, ids: Collection[uuid.UUID]) -> None:
    """Replace what finds the phones of the people *ids* in announcements; what was counted stays."""
    stop_people(session, ids)
    rows_of = select(AnnouncedPhone)
    rows = [
        row for some in parts(ids) for row in session.scalars(rows_of.where(AnnouncedPhone.participant_id.in_(some)))
    ]
    for row in rows:
        gone = keyring.mac("erased", "announced", row.announcement_id.hex, row.phone_hash)
        mine = (AnnouncedPhone.announcement_id == row.announcement_id, AnnouncedPhone.phone_hash == row.phone_hash)
        session.execute(update(AnnouncedPhone).where(*mine).values(phone_hash=gone, participant_id=None))
    session.expire_all()


def _take_back(session: Session, which: ColumnElement[bool]) -> None:
    waiting = select(AnnouncedPhone.message_id).join(Message, Message.id == AnnouncedPhone.message_id)
    ids = [id for id in session.scalars(waiting.where(which, Message.state == QUEUED)) if id]
    if take_back(session, ids):
        left = select(Message.id).where(Message.id.in_(ids))
        gone = update(AnnouncedPhone).where(AnnouncedPhone.message_id.in_(ids), AnnouncedPhone.message_id.not_in(left))
        session.execute(gone.values(state=STOPPED).execution_options(synchronize_session=False))


def settle_states(session: Session) -> int:
    """Keep the state of messages that ended, before the outbox deletes them; return how many."""
    done = 0
    for state in (SENT, FAILED):
        ended = select(Message.id).where(Message.state == state, Message.is_bulk)
        change = update(AnnouncedPhone).where(AnnouncedPhone.message_id.in_(ended), AnnouncedPhone.state != state)
        change = change.where(AnnouncedPhone.state != STOPPED).values(state=state)
        done += len(session.execute(change.returning(AnnouncedPhone.phone_hash)).all())
    return done
