"""Object to published results, answer an objection, and make results final once every one is answered."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, Subject, record
from core.crypto import Keyring
from core.data_version import PUBLIC, renew_version
from core.person_keys import find_person
from core.values.kept import kept
from core.values.text import N_
from quiz.attempt.models import Attempt
from quiz.contest.models import Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import Objection
from quiz.results.operations.versions import Changed, NothingToDo, TooEarly, lock_round
from quiz.results.queries.objections import ObjectionCount, count_objections, find_period
from quiz.results.queries.result import find_result
from quiz.results.rules.objections import ObjectionOutcome

_OBJECTION = kept(N_("Khiếu nại số %(number)s, %(words)s"))


class ObjectionsOver(Exception):
    """Objections are not taken: none are declared, nothing is published, or their period is over."""


class AlreadyObjected(Exception):
    """The participant has objected to these results."""


class ObjectionsWaiting(Exception):
    """Objections wait for an answer; carries how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class StillObjectable(Exception):
    """The period to object is not over; carries its end."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def make_objection(session: Session, keyring: Keyring, attempt: Attempt, text: str, *, now: datetime) -> Objection:
    """Store the objection of the participant of *attempt*, who has shown the personal code, to the newest results.

    Raises:
        ObjectionsOver: as it says; also for a person whose data is erased.
        AlreadyObjected: they have objected to this version.
    """
    round = attempt.round
    lock_round(session, round)
    period, result = find_period(session, round, now), find_result(session, round)
    person = find_person(session, keyring, attempt.participant.person_id)
    if period is None or not period.is_open or result is None or person is None:
        raise ObjectionsOver
    newest = session.scalar(select(func.max(Objection.number)).where(Objection.round_id == round.id)) or 0
    objection = Objection(
        round_id=round.id,
        number=newest + 1,
        version=result.version,
        participant_id=attempt.participant_id,
        attempt_id=attempt.id,
        sealed=person.seal(text),
        made_at=now,
    )
    session.add(objection)
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadyObjected from error
    renew_version(session, PUBLIC)  # public pages count objections
    return objection


def answer_objection(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    objection: Objection,
    outcome: ObjectionOutcome,
    answer: str,
    *,
    now: datetime,
) -> None:
    """Answer *objection* for good, and record the outcome; the answer is sealed as the objection is.

    Accepting changes no result: the re-mark, the void question or the correction is a deed of its own, of two people.

    Raises:
        NothingToDo: it is answered already.
    """
    lock_round(session, objection.round)
    person = find_person(session, keyring, objection.participant.person_id)
    sealed = person.seal(answer) if person else None
    mine = Objection.round_id == objection.round_id, Objection.number == objection.number
    change = update(Objection).where(*mine, Objection.outcome.is_(None))
    change = change.values(outcome=outcome.value, answer=sealed, answered_at=now, answered_by_id=actor.account_id)
    if session.execute(change.returning(Objection.number)).first() is None:
        raise NothingToDo
    session.expire(objection)
    about, after = of_objection(objection), {"outcome": outcome.value}
    record(session, actor, QuizAction.OBJECTION_ANSWER, about, after=after, now=now)


def answer_objections(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    round: Round,
    numbers: Collection[int],
    outcome: ObjectionOutcome,
    answer: str,
    *,
    now: datetime,
) -> int:
    """Give the objections of *round* with these *numbers* the same answer, each recorded by itself; return how many.

    Those that have an answer keep it, and numbers that the round does not have are left out. Raises nothing.
    """
    done = 0
    for number in sorted(set(numbers)):
        found = session.get(Objection, (round.id, number))
        if found is None or found.outcome is not None:
            continue
        try:
            answer_objection(session, keyring, actor, found, outcome, answer, now=now)
        except NothingToDo:
            continue
        done += 1
    return done


def of_objection(objection: Objection) -> Subject:
    """Return an objection as the audit trail names it: by its number, without a name."""
    whole = of_round(objection.round)
    words = _OBJECTION % {"number": objection.number, "words": whole.words}
    return Subject("quiz.objection", f"{objection.round_id}:{objection.number}", words, whole.unit_id)


def check_finalisable(session: Session, round: Round, *, now: datetime) -> ObjectionCount:
    """Return the objections with which *round*'s results would become final.

    Raises:
        TooEarly: nothing is published, or no period to object is declared.
        StillObjectable: the period is not over.
        ObjectionsWaiting: some are not answered.
    """
    period = find_period(session, round, now)
    if period is None:
        raise TooEarly
    if period.is_open:
        raise StillObjectable(period.until)
    count = count_objections(session, round)
    if count.waiting:
        raise ObjectionsWaiting(count.waiting)
    return count


def finalise_round(
    session: Session,
    actor: Actor,
    round: Round,
    *,
    version: int,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
) -> ObjectionCount:
    """Make the published *version* of *round*'s results final, and record it with the number of objections.

    Raises:
        TooEarly, StillObjectable, ObjectionsWaiting: as `check_finalisable` does.
        Changed: the newest results are another version.
        NothingToDo: they are final already.
    """
    lock_round(session, round)
    if round.finalised_at is not None:
        raise NothingToDo
    count, result = check_finalisable(session, round, now=now), find_result(session, round)
    if result is None or result.version != version:
        raise Changed
    about = of_round(round)
    approval = approval or approve_alone(session, actor, QuizAction.ROUND_FINALISE, about, reason=reason, now=now)
    round.finalised_at, round.finalisation = now, approval
    after = {"objections": count.made, "version": version, **agreement(approval)}
    record(session, actor, QuizAction.ROUND_FINALISE, about, after=after, reason=reason, now=now)
    return count
