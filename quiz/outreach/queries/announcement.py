"""Announcements, the phones that one would reach, and how far it is."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from core.messages.models import Message
from core.values.text import N_
from privacy.models import Consent
from privacy.models.holder import Line
from quiz.attempt.models import Entry
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.outreach.models import FAILED, SENT, STOPPED, AnnouncedPhone, Announcement


@dataclass(frozen=True)
class AnnouncementProgress:
    """The phones of an announcement by what became of its message."""

    queued: int = 0
    sent: int = 0
    failed: int = 0
    stopped: int = 0

    @property
    def phones(self) -> int:
        """All phones that are in the outbox or were."""
        return self.queued + self.sent + self.failed + self.stopped


def list_announcements(session: Session, contest: Contest) -> list[Announcement]:
    """Return the announcements of *contest*, the newest first."""
    query = select(Announcement).where(Announcement.contest_id == contest.id)
    return list(session.scalars(query.order_by(Announcement.made_at.desc(), Announcement.id)))


def find_announcement(session: Session, contest: Contest, id: uuid.UUID) -> Announcement | None:
    """Return an announcement of *contest*; None for that of another."""
    found = session.get(Announcement, id)
    return found if found and found.contest_id == contest.id else None


def count_phones(session: Session, contest: Contest, absent_from: Round | None = None) -> int:
    """Return the number of different phones whose owners agreed to be written to."""
    query = select(func.count(Participant.phone_hash.distinct())).where(*_reached(contest.id, absent_from))
    return session.scalar(query) or 0


def list_reached(session: Session, announcement: Announcement, after: uuid.UUID, most: int) -> list[Participant]:
    """Return the next *most* people, by id from *after* on, who agreed to be written to and are to get *announcement*.

    Several may share a phone.
    """
    query = select(Participant).where(*_reached(announcement.contest_id, announcement.round))
    return list(session.scalars(query.where(Participant.id > after).order_by(Participant.id).limit(most)))


def progress_of(session: Session, announcement: Announcement) -> AnnouncementProgress:
    """Return how far *announcement* is: the outbox's states, and the kept ones of messages that it has no more."""
    now = present_state()
    query = select(now, func.count()).where(AnnouncedPhone.announcement_id == announcement.id).group_by(now)
    query = query.outerjoin(Message, Message.id == AnnouncedPhone.message_id)
    return AnnouncementProgress(**dict(session.execute(query).all()))


def troubles_of(session: Session, announcement: Announcement) -> Sequence[tuple[str, int]]:
    """Return why messages of *announcement* were given up or wait for another try, the most frequent reason first."""
    query = select(Message.trouble, func.count()).join(AnnouncedPhone, AnnouncedPhone.message_id == Message.id)
    query = query.where(AnnouncedPhone.announcement_id == announcement.id, Message.trouble != "", Message.state != SENT)
    return [
        (why, count) for why, count in session.execute(query.group_by(Message.trouble).order_by(func.count().desc()))
    ]


def list_failed(session: Session, announcement: Announcement) -> list[uuid.UUID]:
    """Return the messages that were given up and whose owners are still to get *announcement*."""
    agree = select(Participant.phone_hash).where(*_reached(announcement.contest_id, announcement.round))
    query = select(Message.id).join(AnnouncedPhone, AnnouncedPhone.message_id == Message.id)
    mine = (AnnouncedPhone.announcement_id == announcement.id, Message.state == FAILED)
    return list(session.scalars(query.where(*mine, AnnouncedPhone.phone_hash.in_(agree))))


def announced_lines(session: Session, ids: Collection[uuid.UUID]) -> list[Line]:
    """Return the messages that went to the phones of the participants *ids*, for their copy."""
    query = select(Announcement.made_at, Announcement.text).join(AnnouncedPhone)
    rows = session.execute(query.where(AnnouncedPhone.participant_id.in_(ids)).order_by(Announcement.made_at))
    return [[(N_("Gửi lúc"), made_at), (N_("Lời nhắn"), text)] for made_at, text in rows]


def present_state() -> ColumnElement[str]:
    """Return the present state of a phone, joined with its message."""
    is_kept = AnnouncedPhone.state == STOPPED
    return case((is_kept | Message.state.is_(None), AnnouncedPhone.state), else_=Message.state).label("now")


def _stopped_before() -> Select[uuid.UUID]:
    """Return who on the phone of a participant withdrew before they registered.

    Else anybody could go on writing to a phone whose owner stopped the messages, by registering another name on it.
    """
    other = aliased(Participant)
    withdrawn = (Consent.holder == PARTICIPANT, Consent.purpose == str(Purpose.REACHED))
    same = (other.contest_id == Participant.contest_id, other.phone_hash == Participant.phone_hash)
    found = select(other.id).join(Consent, Consent.subject_id == other.id).where(*withdrawn, *same)
    return found.where(Consent.withdrawn_at < Participant.registered_at).correlate(Participant)


def _reached(contest_id: int, absent_from: Round | None) -> list[ColumnElement[bool]]:
    """Return the conditions of the people of a contest who agreed, are neither restricted nor erased, and are no
    possible children.
    """
    agreed = (
        select(Consent.subject_id)
        .where(Consent.holder == PARTICIPANT, Consent.purpose == str(Purpose.REACHED), Consent.withdrawn_at.is_(None))
        .where(Consent.subject_id == Participant.id)
        .correlate(Participant)
    )
    found = [
        Participant.contest_id == contest_id,
        Participant.is_rehearsal.is_(False),
        Participant.person_id.is_not(None),
        Participant.restricted_at.is_(None),
        Participant.may_be_child.is_(False),
        agreed.exists(),
        or_(Participant.confirmed_at.is_not(None), ~_stopped_before().exists()),
    ]
    if absent_from is not None:
        came = (Entry.participant_id == Participant.id, Entry.round_id == absent_from.id)
        found.append(~select(Entry.round_id).where(*came).correlate(Participant).exists())
    return found
