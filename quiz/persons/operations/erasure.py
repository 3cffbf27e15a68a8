"""Making people unknown: their key and salt go, with every hash by which they could be found; what counts stays.

Turns, entries, tallies and standings name a participant by a random id alone, and each attempt's commitment to its
answers has a salt of its own: all of it verifies afterwards as before.
"""

import json
import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, delete, func, select, tuple_, update
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.audit import Actor, record
from core.crypto import Keyring
from core.db import parts
from core.erasure_log import note
from core.person_keys import PersonKey, find_person
from quiz.attempt.models import Attempt, Entry
from quiz.attempt.operations.tally import rebuild_tally
from quiz.contest.models import (
    Consent,
    Contest,
    Participant,
    ParticipantVersion,
    ParticipantWord,
    PersonRequest,
    RequestSubject,
    Round,
)
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.operations.locks import hold_people
from quiz.contest.operations.roster import forget_on_roster, forget_roster
from quiz.contest.rules.actions import Action
from quiz.results.models import Winner
from quiz.results.operations.audit_subjects import agreement
from quiz.results.operations.versions import hold_round
from quiz.results.queries.result import newest_versions

ERASED = "participant"
"""What they are called where erasures are remembered."""
UNKNOWN = b""
"""What lies sealed of somebody who was erased."""


def erase_participants(
    session: Session, keyring: Keyring, participants: Collection[Participant], *, now: datetime
) -> int:
    """Erase who *participants* are; returns how many were still known. Whoever was erased before stays erased.

    Their personal code opens nothing any more; their receipts still show their papers, which name nobody. Papers of
    weeks that are not closed stay turns and are not ranked: whoever enters again is somebody new, and ranked once.
    """
    held = hold_people(session, [each.id for each in participants])
    known = [each for each in held if each.person_id is not None]
    for some in parts(known):
        ids = [each.id for each in some]
        forget_on_roster(session, some)
        _forget_hashes(session, keyring, ids)
        session.execute(update(Participant).where(Participant.id.in_(ids)).values(sealed=UNKNOWN))
        _leave_open_weeks(session, ids, now)
        live = (Consent.participant_id.in_(ids), Consent.withdrawn_at.is_(None))
        session.execute(update(Consent).where(*live).values(withdrawn_at=now))
        persons = [each.person_id for each in some]
        session.execute(update(PersonRequest).where(PersonRequest.person_id.in_(persons)).values(sealed=None))
        session.execute(delete(PersonKey).where(PersonKey.id.in_(persons)))
        note(session, ERASED, ids)
    session.expire_all()
    return len(known)


def erase_again(session: Session, keyring: Keyring, ids: Collection[uuid.UUID], *, now: datetime) -> int:
    """Erase those of *ids* that a copy of an earlier day knows still; returns how many."""
    wanted = (select(Participant).where(Participant.id.in_(some)) for some in parts(sorted(ids)))
    return sum(erase_participants(session, keyring, list(session.scalars(query)), now=now) for query in wanted)


class StillNeeded(Exception):
    """Somebody of the contest is still to be called, or to be answered, or a week is not published."""


def erase_contest(
    session: Session, keyring: Keyring, actor: Actor, contest: Contest, *, reason: str, now: datetime,
    approval: Approval | None = None,
) -> int:  # fmt: skip
    """Erase the identities of all participants of a finished *contest* before their time; returns how many.

    Figures, standings, papers and everything that verifies them stay, and name no one. A correction that is being made
    is waited for: it may put a person in line for a prize, who is to be called. *approval* is the second person's,
    None where one person decides alone.

    Raises:
        StillNeeded: a round is not published, a winner not called, or a request not answered.
    """
    for week in sorted(contest.rounds, key=lambda each: each.number):
        hold_round(session, week)
    if not is_finished(session, contest, now):
        raise StillNeeded
    erased = erase_participants(session, keyring, list(session.scalars(_known_in(contest))), now=now)
    forget_roster(session, [contest.id])
    after = {"deleted": erased, **agreement(approval)}
    record(session, actor, Action.DATA_DELETE, of_contest(contest), after=after, reason=reason, now=now)
    return erased


def count_known(session: Session, contest: Contest) -> int:
    """How many participants of *contest* are not erased."""
    return session.scalar(select(func.count()).select_from(_known_in(contest).subquery())) or 0


def is_finished(session: Session, contest: Contest, now: datetime) -> bool:
    """Whether nobody of *contest* is needed any more: every week's results are out, every winner has been called,
    every request of a participant about their own data is answered."""
    weeks = contest.rounds
    if contest.is_rehearsal or not weeks or not all(each.published_at and each.published_at <= now for each in weeks):
        return False
    mine = Winner.round_id.in_(select(Round.id).where(Round.contest_id == contest.id))
    to_call = select(Winner.round_id).where(
        mine, Winner.state == "pending", tuple_(Winner.round_id, Winner.version).in_(newest_versions())
    )
    to_answer = (
        select(PersonRequest.id)
        .join(RequestSubject, RequestSubject.request_id == PersonRequest.id)
        .join(Participant, Participant.id == RequestSubject.participant_id)
        .where(Participant.contest_id == contest.id, PersonRequest.answered_at.is_(None))
    )
    return not any(session.execute(query.limit(1)).first() for query in (to_call, to_answer))


def _known_in(contest: Contest) -> Select[Participant]:
    return select(Participant).where(Participant.contest_id == contest.id, Participant.person_id.is_not(None))


def keep_names_alone(session: Session, keyring: Keyring, participants: Collection[Participant]) -> None:
    """Of *participants* nothing stays but the name that they agreed to see published: no phone, no year, no hash."""
    for participant in participants:
        person = find_person(session, keyring, participant.person_id)
        if person is not None:
            name = json.loads(person.unseal(participant.sealed))[0]
            participant.sealed = person.seal(json.dumps([name, None, None], ensure_ascii=False))
    session.flush()
    _forget_hashes(session, keyring, [each.id for each in participants])
    session.expire_all()


def _leave_open_weeks(session: Session, ids: Collection[uuid.UUID], now: datetime) -> None:
    """A paper that is still written comes too late; of those handed in none counts, unless its week is closed."""
    open_weeks = Round.id.in_(select(Attempt.round_id).where(Attempt.participant_id.in_(ids)))
    rounds = list(session.scalars(select(Round).where(open_weeks, Round.closed_at.is_(None))))
    written = (Attempt.participant_id.in_(ids), Attempt.submitted_at.is_(None), Attempt.started_at < now)
    session.execute(update(Attempt).where(*written, Attempt.deadline_at > now).values(deadline_at=now))
    for round in rounds:
        session.execute(delete(Entry).where(Entry.round_id == round.id, Entry.participant_id.in_(ids)))
        rebuild_tally(session, round)


def _forget_hashes(session: Session, keyring: Keyring, ids: Collection[uuid.UUID]) -> None:
    """Put what nobody can type in the place of every hash by which they could be found."""
    for model in (ParticipantWord, ParticipantVersion):
        session.execute(delete(model).where(model.participant_id.in_(ids)))
    names = ("identity_hash", "phone_hash", "code_hash")
    gone = [{"id": id, "phone_slot": 1} | {name: keyring.mac("erased", name, str(id)) for name in names} for id in ids]
    if gone:
        session.execute(update(Participant), gone)
