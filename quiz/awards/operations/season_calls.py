"""Call the people in line for the prizes of the whole contest: open their numbers, and record the result of each call.

The decision on the prizes, to which a second person agrees, shows everybody who was passed over and why.
"""

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.chain import Plain
from core.crypto import Keyring
from core.person_keys import find_person
from quiz.attempt.operations.lifecycle import lock_contest
from quiz.awards.queries.season import SeasonDraft, SeasonSeat, draft_season
from quiz.contest.models import Contest
from quiz.contest.operations.confirmation import confirm_phone
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import ContactOpening, SeasonCall
from quiz.results.models.contact import SEASON
from quiz.results.operations.audit_subjects import of_season_seat
from quiz.results.operations.contact import grant_contact_access
from quiz.results.operations.unreached import PAUSE, NotCalled
from quiz.results.operations.versions import NothingToDo, TooEarly
from quiz.results.queries.contact import were_opened
from quiz.results.queries.result import contacts_of


def open_season_contacts(
    session: Session, actor: Actor, contest: Contest, *, account_id: int, reason: str, now: datetime
) -> ContactOpening:
    """Let the account see the contacts of those in line for a day, and record it.

    Raises:
        TooEarly: a round is not published, or not final, so that others may come into line.
    """
    draft = draft_season(session, contest, now)
    if draft is None or draft.unready:
        raise TooEarly
    last = contest.rounds[-1]
    return grant_contact_access(session, actor, last, account_id=account_id, people=SEASON, reason=reason, now=now)


def confirm_season(
    session: Session, keyring: Keyring, actor: Actor, contest: Contest, id: uuid.UUID, *, now: datetime
) -> None:
    """Record that a person in line was called and their identity is confirmed.

    Raises:
        NotCalled, TooEarly, NothingToDo: as `_callable` does.
        PhoneFull: as `confirm_phone` raises it.
    """
    seat = _callable(session, contest, id, now)
    confirm_phone(session, seat.participant, now=now)
    call = _call_of(session, contest, seat, now)
    call.state, call.called_at = "confirmed", now
    _record(session, keyring, actor, contest, seat, QuizAction.SEASON_CONFIRM, "confirmed", now=now)


def miss_season(
    session: Session, keyring: Keyring, actor: Actor, contest: Contest, id: uuid.UUID, *, now: datetime
) -> None:
    """Note a call that was not answered.

    Raises:
        NotCalled, TooEarly: as `_callable` does.
        NothingToDo: they are not in line, have no number, or the last note is less than a minute old.
    """
    seat = _callable(session, contest, id, now)
    if seat.is_silenced or (seat.call and seat.call.missed and now < seat.call.called_at + PAUSE):
        raise NothingToDo
    call = _call_of(session, contest, seat, now)
    call.missed, call.called_at, call.first_missed = call.missed + 1, now, call.first_missed or now
    _record(session, keyring, actor, contest, seat, QuizAction.SEASON_MISS, "pending", calls=call.missed, now=now)


def pass_season(
    session: Session, keyring: Keyring, actor: Actor, contest: Contest, id: uuid.UUID, *, reason: str, now: datetime
) -> None:
    """Pass a person over for a *reason*; the next one comes into line. The second person of the decision reads it.

    Raises:
        NotCalled, TooEarly, NothingToDo: as `_callable` does.
    """
    seat = _callable(session, contest, id, now)
    call = _call_of(session, contest, seat, now)
    call.state, call.called_at, call.why = "passed", now, reason
    _record(session, keyring, actor, contest, seat, QuizAction.SEASON_PASS, "passed", reason=reason, now=now)


def recall_season(
    session: Session, keyring: Keyring, actor: Actor, contest: Contest, id: uuid.UUID, *, now: datetime
) -> None:
    """Take back that a person was passed over; they are in line again.

    Raises:
        NothingToDo: they were not passed over.
    """
    lock_contest(session, contest)
    seat = _draft(session, contest, now).find(id)
    if seat is None or seat.state != "passed" or seat.call is None:
        raise NothingToDo
    seat.call.state, seat.call.why, seat.call.called_at = "missed", None, now
    session.flush()
    _record(session, keyring, actor, contest, seat, QuizAction.SEASON_RECALL, "pending", now=now)


def _draft(session: Session, contest: Contest, now: datetime) -> SeasonDraft:
    draft = draft_season(session, contest, now)
    if draft is None or draft.unready:
        raise TooEarly
    return draft


def _callable(session: Session, contest: Contest, id: uuid.UUID, now: datetime) -> SeasonSeat:
    """Return the seat of a person who waits for a call, the contest locked.

    Raises:
        TooEarly: a round is not published, or not final.
        NotCalled: no account has opened the numbers.
        NothingToDo: the person waits for no call.
    """
    lock_contest(session, contest)
    draft = _draft(session, contest, now)
    if not were_opened(session, contest.rounds[-1], SEASON):
        raise NotCalled
    seat = draft.find(id)
    if seat is None or seat.state != "pending" or seat.needs_draw:
        raise NothingToDo
    return seat


def _call_of(session: Session, contest: Contest, seat: SeasonSeat, now: datetime) -> SeasonCall:
    """Return the row of the person's calls, a new one where there is none."""
    if seat.call is not None:
        return seat.call
    call = SeasonCall(
        contest_id=contest.id, participant_id=seat.participant_id, state="missed", missed=0, called_at=now
    )
    session.add(call)
    return call


def _record(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    contest: Contest,
    seat: SeasonSeat,
    action: QuizAction,
    state: str,
    *,
    now: datetime,
    reason: str = "",
    calls: int | None = None,
) -> None:
    """Store the call and record it; the name stands beside it under the person's own key."""
    session.flush()
    person = find_person(session, keyring, seat.participant.person_id)
    contact = contacts_of(session, keyring, [seat.participant]).get(seat.participant_id)
    after: dict[str, Plain] = {"state": state, "prize": seat.prize, **({"calls": calls} if calls else {})}
    record(
        session,
        actor,
        action,
        of_season_seat(contest, seat),
        before={"state": seat.state},
        after=after,
        reason=reason,
        person=(person, {"name": contact.name}) if person and contact else None,
        now=now,
    )
