"""Answer requests of persons: erase, withdraw, agree, restrict and correct, through the holders of their people.

People are locked before the request is answered: two deeds for the same person wait for each other.
"""

import uuid
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import SYSTEM, Actor, record
from core.crypto import Keyring
from privacy.labels import STEP
from privacy.models import PersonRequest
from privacy.models.holder import DataSubject, Holder, NewFacts
from privacy.operations.audit_subjects import of_request
from privacy.operations.consent import agree_again, withdraw_consent
from privacy.operations.erasure import erase_subjects
from privacy.operations.requests import answer, note_step, record_step, still_open
from privacy.queries.requests import first_person, ids_by_holder, list_awaited, list_put_off
from privacy.rules.actions import PrivacyAction


class NeedsSecond(Exception):
    """A published name would change, which waits for a second person."""


def erase(session: Session, keyring: Keyring, request: PersonRequest, *, actor: Actor, now: datetime) -> bool:
    """Answer *request* by erasing everybody it is about; False as in `answer`.

    While results with a paper of theirs are not published, they are restricted instead and the request stays open;
    `erase_due` carries it out (decision 0039). False then when that was done before.
    """
    _lock(session, request)
    if list_awaited(session, request, now):
        return _put_off(session, request, actor=actor, now=now)
    if not answer(session, request, actor=actor, now=now, deed="erased"):
        return False
    for holder, ids in ids_by_holder(session, request):
        erase_subjects(session, keyring, holder, ids, now=now)
    record(session, actor, PrivacyAction.PERSON_ERASE, of_request(request), now=now)
    return True


def erase_due(session: Session, keyring: Keyring, *, now: datetime) -> int:
    """Carry out the erasures that were put off and need not wait any more; return how many requests that answers."""
    due = [each for each in list_put_off(session) if not list_awaited(session, each, now)]
    return sum(erase(session, keyring, request, actor=SYSTEM, now=now) for request in due)


def _put_off(session: Session, request: PersonRequest, *, actor: Actor, now: datetime) -> bool:
    """Restrict the people of *request* until they can be erased; those restricted already stay so."""
    if not still_open(session, request) or request.is_put_off:
        return False
    for holder, ids in ids_by_holder(session, request):
        free = [each.id for each in holder.lock(session, ids) if each.restricted_at is None]
        holder.restrict(session, free, now)
    note_step(session, request, "restricted", actor, now)
    record_step(session, request, STEP["put_off"], actor, now)
    return True


def withdraw(session: Session, request: PersonRequest, *, actor: Actor, now: datetime) -> bool:
    """Answer *request* by ending every free consent; False as in `answer`."""
    if not answer(session, request, actor=actor, now=now, deed="withdrawn"):
        return False
    held = ids_by_holder(session, request)
    for holder, ids in held:
        withdraw_consent(session, holder.code, ids, holder.notices.free, now=now)
        holder.withdrawn(session, ids)
    words = " ".join(holder.words.withdrawn for holder, _ids in held)
    record_step(session, request, words or STEP["answered"], actor, now)
    return True


def agree(session: Session, request: PersonRequest, purposes: Collection[str], *, actor: Actor, now: datetime) -> bool:
    """Answer *request* by writing down what they agree to (again); False as in `answer`."""
    _lock(session, request)
    if not answer(session, request, actor=actor, now=now, deed="agreed"):
        return False
    for holder, ids in ids_by_holder(session, request):
        agree_again(session, holder, ids, purposes, now=now)
    record_step(session, request, STEP["agreed"], actor, now)
    return True


def restrict(session: Session, request: PersonRequest, *, actor: Actor, now: datetime) -> bool:
    """Answer *request*: from now on their data is not used: not shown, published or called; False as in `answer`."""
    if not answer(session, request, actor=actor, now=now, deed="restricted"):
        return False
    _restrict(session, request, now)
    record_step(session, request, STEP["restricted"], actor, now)
    return True


def lift(session: Session, request: PersonRequest, *, actor: Actor, now: datetime) -> None:
    """End the restriction that *request* brought."""
    _restrict(session, request, None)
    note_step(session, request, "lifted", actor, now)
    record_step(session, request, STEP["lifted"], actor, now)


def restrict_again(session: Session, holder: Holder, stopped: Collection[tuple[uuid.UUID, datetime]]) -> int:
    """Restrict those of *stopped* who are not restricted in a restored copy; return how many they were."""
    standing = {id for id, _moment in holder.list_restricted(session)}
    free = [(id, moment) for id, moment in stopped if id not in standing and holder.lock(session, [id])]
    for id, moment in free:
        holder.restrict(session, [id], moment)
    return len(free)


def correct(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    request: PersonRequest,
    facts: NewFacts,
    *,
    now: datetime,
    needs_second: bool = False,
) -> bool:
    """Answer *request* by the new *facts* of everybody it is about; False as in `answer`.

    Raises NeedsSecond if a published name would change without an approval where *needs_second*, and FactsTaken.
    """
    people = _hold(session, request)
    is_alone = facts.approval is None and _renames_published(session, keyring, request, facts.name)
    if is_alone and needs_second:
        raise NeedsSecond
    if not answer(session, request, actor=_asker(facts, actor), now=now, deed="corrected"):
        return False
    if is_alone:
        facts = replace(facts, approval=_alone(session, actor, request, now))
    for holder, ids in ids_by_holder(session, request):
        holder.correct(session, keyring, ids, facts, now)
    person = first_person(session, keyring, people)
    named, after = (person, {"name": facts.name}) if person else None, agreement(facts.approval)
    record(session, actor, PrivacyAction.PERSON_CORRECT, of_request(request), after=after, person=named, now=now)
    return True


def _hold(session: Session, request: PersonRequest) -> list[DataSubject]:
    """Hold what may publish their names until the commit, so that none is published in between, and lock the people."""
    for holder, ids in ids_by_holder(session, request):
        holder.hold(session, ids)
    return _lock(session, request)


def _asker(facts: NewFacts, actor: Actor) -> Actor:
    return Actor("account", facts.approval.asked_by_id) if facts.approval else actor


def _alone(session: Session, actor: Actor, request: PersonRequest, now: datetime) -> Approval:
    return approve_alone(session, actor, PrivacyAction.PERSON_CORRECT, of_request(request), reason="", now=now)


def _renames_published(session: Session, keyring: Keyring, request: PersonRequest, name: str) -> bool:
    """Return whether a name that was published would change to *name*."""
    for holder, ids in ids_by_holder(session, request):
        cards = holder.show(session, keyring, ids)
        renamed = [each.subject.id for each in cards if each.contact and each.contact.name != name]
        if renamed and holder.published(session, renamed):
            return True
    return False


def _lock(session: Session, request: PersonRequest) -> list[DataSubject]:
    return [each for holder, ids in ids_by_holder(session, request) for each in holder.lock(session, ids)]


def _restrict(session: Session, request: PersonRequest, moment: datetime | None) -> None:
    for holder, ids in ids_by_holder(session, request):
        holder.restrict(session, ids, moment)
    session.expire_all()
