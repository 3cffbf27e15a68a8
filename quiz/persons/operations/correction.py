"""Correct what is held of a person at their request: name, birth year, unit."""

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from core.crypto import Keyring
from core.person_keys import find_person
from quiz.attempt.operations.tally import rebuild_tally
from quiz.contest.models import Participant, ParticipantVersion, PersonRequest
from quiz.contest.operations.locks import lock_people
from quiz.contest.operations.registration import Identity, rename
from quiz.contest.rules.actions import Action
from quiz.persons.operations.audit_subjects import of_request
from quiz.persons.operations.person_request import Deed, answer, first_person, ids_of
from quiz.persons.queries.person_request import list_published_prizes
from quiz.results.models import Renaming
from quiz.results.operations.audit_subjects import agreement
from quiz.results.operations.people import move_person


def correct(
    session: Session, keyring: Keyring, actor: Actor, request: PersonRequest, *, name: str, unit_id: int | None,
    by: Deed, year: int | None = None, approval: Approval | None = None,
) -> bool:  # fmt: skip
    """Answer *request* by a new name, unit or birth *year* of everybody it is about; what was said before stays as a
    version, and so does a year that is not given.

    A unit moves the turns of weeks that are not closed; closed weeks stay as they were published. A week in which the
    old name was published with a prize keeps when it was put right and on which *approval* that rests.

    Raises:
        AlreadyRegistered: somebody of that name, phone and year is in the contest already.
    """
    people = lock_people(session, ids_of(session, request))
    if not answer(session, request, by=by, deed="corrected"):
        return False
    renamed = []
    for participant in people:
        person = find_person(session, keyring, participant.person_id)
        if person is None:
            continue
        _keep_version(session, participant, by.now)
        old, phone, born = json.loads(person.unseal(participant.sealed))
        rename(session, keyring, participant, Identity(name, phone, year or born))
        if old != name:
            renamed.append(participant)
        if unit_id is not None and unit_id in {each.unit_id for each in participant.contest.units}:
            _move(session, participant, unit_id)
    _keep_renamings(session, actor, request, renamed, approval, by.now)
    person = first_person(session, keyring, people)
    record(
        session, actor, Action.PERSON_CORRECT, of_request(request), after=agreement(approval),
        person=(person, {"name": name}) if person else None, now=by.now,
    )  # fmt: skip
    return True


def _keep_version(session: Session, participant: Participant, now: datetime) -> None:
    mine = ParticipantVersion.participant_id == participant.id
    number = session.scalar(select(func.count()).select_from(ParticipantVersion).where(mine)) or 0
    session.add(
        ParticipantVersion(
            participant_id=participant.id, version=number + 1, unit_id=participant.unit_id, sealed=participant.sealed,
            until=now,
        )
    )  # fmt: skip
    session.flush()


def _keep_renamings(
    session: Session, actor: Actor, request: PersonRequest, renamed: Collection[Participant],
    approval: Approval | None, now: datetime,
) -> None:  # fmt: skip
    rounds = {round.id for _winner, round in list_published_prizes(session, renamed)}
    if rounds:
        about = of_request(request)
        approval = approval or approve_alone(session, actor, Action.PERSON_CORRECT, about, reason="", now=now)
        session.add_all(Renaming(round_id=id, renamed_at=now, approval=approval) for id in sorted(rounds))
        session.flush()


def _move(session: Session, participant: Participant, unit_id: int) -> None:
    if unit_id == participant.unit_id:
        return
    old, participant.unit_id = participant.unit_id, unit_id
    session.flush()
    move_person(session, participant.contest_id, participant.id, old=old, new=unit_id)
    for round in participant.contest.rounds:
        if round.closed_at is None:
            rebuild_tally(session, round)
