"""Start and submit an attempt; marking, counting and the tally are part of the submission's transaction."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, NoReturn, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from core.clock import MILLISECOND
from core.crypto import Keyring, RandomBytes
from core.db import UtcDateTime
from core.upsert import insert_new
from quiz.attempt.models import AnswerSheet, Attempt
from quiz.attempt.operations.beginning import UnitNotYet, beginning_of
from quiz.attempt.operations.counting import add_to_count
from quiz.attempt.operations.evidence import Trace, joins_late, store_evidence
from quiz.attempt.queries.attempt import (
    Begun,
    CodeHolder,
    Submittable,
    counted_value,
    find_attempt,
    list_attempts,
)
from quiz.attempt.queries.entrance import OpenRound
from quiz.attempt.queries.paper import find_paper
from quiz.attempt.rules import commitment
from quiz.attempt.rules.scoring import count_correct
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.models.contest import is_changeable
from quiz.contest.operations.rehearsal import lock_rehearsal
from quiz.contest.rules.schedule import Phase, Span, phase

Answers = Mapping[str, frozenset[str]]


class RoundNotOpen(Exception):
    """The round has not begun, or is over; carries its phase."""

    def __init__(self, phase: Phase) -> None:
        super().__init__(phase)
        self.phase = phase


class NoTriesLeft(Exception):
    """The attempts that the rules allow are used up; carries the last one."""

    def __init__(self, last: Begun) -> None:
        super().__init__(last.id)
        self.last = last


class Restricted(Exception):
    """The participant's data is restricted, or was just erased."""


class AlreadySubmitted(Exception):
    """This attempt was submitted before; the first submission is kept."""


class TimeOver(Exception):
    """The attempt's own time ran out, its grace included."""


@dataclass(frozen=True)
class Submission:
    """The content of a submitted paper; `receipt` was made beforehand."""

    answers: Answers
    guess: int | None
    receipt: str


class StoredSubmission(NamedTuple):
    """The stored values of a submission."""

    id: uuid.UUID
    submitted_at: datetime
    duration_ms: int
    correct: int


SUBMITTED_COLUMNS = (
    "submitted_at", "duration_ms", "correct", "receipt_hash", "person_commitment", "answers_commitment",
)  # fmt: skip
"""The columns of an attempt that a submission writes."""


def start_attempt(
    session: Session,
    round: Round | OpenRound,
    participant: Participant | CodeHolder,
    *,
    now: datetime,
    trace: Trace | None = None,
) -> Begun:
    """Begin an attempt, or return the one that is still running, so that a reload loses nothing.

    *trace* is the device and address that it is begun with, stored as evidence; None where staff begin it.

    The deadline is start + limit + grace; the round's close is checked at submission, so that an extension after an
    outage applies to everybody. A begun attempt uses up a try, since the paper has been seen.

    Raises:
        RoundNotOpen: *now* is outside [opens_at, closes_at), there is no question yet, or the contest was called off.
        NoTriesLeft: the rules' tries are used up.
        StartMissed, RehearsalOver: all started at once and their time is over, or the rehearsal has just been wiped.
        Restricted, UnitNotYet: their data is restricted or erased, or their unit takes part from a later round on.
    """
    if participant.restricted_at is not None:
        raise Restricted
    if round.is_rehearsal:
        lock_rehearsal(session, round.contest_id)
    _require_open(round, now)
    if not round.has_questions:
        raise RoundNotOpen(Phase.UPCOMING)
    while True:
        attempts = list_attempts(session, round.id, participant.id)
        running = [attempt for attempt in attempts if attempt.submitted_at is None and now < attempt.deadline_at]
        if running:
            return running[-1]
        tries = round.declared.tries
        if attempts and tries is not None and len(attempts) >= tries:
            raise NoTriesLeft(attempts[-1])
        values = attempt_values(round, participant.id, ordinal=len(attempts) + 1, now=beginning_of(round, now))
        if insert_new(session, Attempt, values):  # else several taps at once, or a sheet: look again
            _require_going_on(session, participant.id, values["id"], round.number, trace, now)
            return Begun(values["id"], values["ordinal"], values["started_at"], values["deadline_at"], None)


_GOING_ON = (
    select(Contest.called_off_at, Participant.person_id, joins_late().label("is_late"))
    .join(Participant, Participant.contest_id == Contest.id)
    .where(Participant.id == bindparam("participant"))
)


def _require_going_on(
    session: Session, participant_id: uuid.UUID, attempt_id: uuid.UUID, number: int, trace: Trace | None, now: datetime
) -> None:
    """Check after the INSERT: calling the contest off, or erasing the person, either waits for it or came before.

    Storing the evidence of the attempt makes the same check, so that one statement does both.
    """
    if trace and store_evidence(session, attempt_id, participant_id, trace, number=number, now=now):
        return
    row = session.connection().execute(_GOING_ON, {"participant": participant_id, "number": number}).one()
    if row.called_off_at is not None:
        raise RoundNotOpen(Phase.ENDED)
    if row.person_id is None:
        raise Restricted
    if row.is_late:
        raise UnitNotYet


def build_attempt(
    round: Round, participant: Participant, *, ordinal: int, now: datetime, id: uuid.UUID | None = None
) -> Attempt:
    """Return the row of a begun attempt, not added to the session."""
    return Attempt(**attempt_values(round, participant.id, ordinal=ordinal, now=now, id=id))


def attempt_values(
    round: Round | OpenRound, participant_id: uuid.UUID, *, ordinal: int, now: datetime, id: uuid.UUID | None = None
) -> dict[str, Any]:
    """Return the values of that row."""
    return {
        "id": id or uuid.uuid4(),
        "round_id": round.id,
        "participant_id": participant_id,
        "ordinal": ordinal,
        "started_at": now,
        "deadline_at": now + timedelta(seconds=round.limit_seconds + round.grace_seconds),
    }


def submit_attempt(
    session: Session, keyring: Keyring, attempt: Submittable, submission: Submission, *, now: datetime
) -> StoredSubmission:
    """Store one paper: mark it, compute its commitments, count it, and add it to the tally; `now` is its arrival.

    A rehearsal's paper is marked and not counted. Everything is prepared before the first write. One conditional UPDATE
    decides: of two simultaneous submissions only one finds the attempt open.

    Raises:
        AlreadySubmitted, TimeOver, RoundNotOpen: nothing was written; the stored row says which.
        RehearsalOver: the rehearsal has just been wiped.
    """
    paper = find_paper(session, attempt.round_id, attempt.paper_version)
    author = Author(attempt.id, attempt.participant_id, attempt.salt or b"")
    begun = (author, attempt.started_at)
    values = submitted_values(keyring, *begun, paper.key, submission, now=now)
    sheet = sheet_values(attempt.id, submission, salt=values.pop("salt"))
    if attempt.is_rehearsal:
        lock_rehearsal(session, attempt.contest_id)
    changes = {f"new_{name}": value for name, value in values.items()}
    where = {"attempt": attempt.id, "round": attempt.round_id, "arrived": now}
    where |= {"participant": attempt.participant_id, "unit": attempt.unit_id}
    if session.connection().execute(_SUBMIT, changes | where).rowcount != 1:
        found = find_attempt(session, attempt.id) or attempt
        if found.unit_id != attempt.unit_id:  # moved to another unit since it was read
            return submit_attempt(session, keyring, found, submission, now=now)
        _refuse(found, now)
    session.connection().execute(_INSERT_SHEET, sheet)
    submitted = StoredSubmission(attempt.id, now, values["duration_ms"], values["correct"])
    if not attempt.is_rehearsal:
        value = counted_value(attempt.id, attempt.ordinal, "self", now, submitted.correct, submission.guess)
        add_to_count(session, attempt, value, size=attempt.declared.asked(len(paper.questions)))
    return submitted


def _submit() -> Any:
    """Build the conditional UPDATE that submits an attempt.

    It takes a shared lock on the close of a round that is still open: closing waits for papers being submitted and none
    comes after it, so that everybody with a receipt is in the standings. The same lock on the participant keeps them in
    the unit that the paper is counted for.
    """
    is_there = (Participant.id == bindparam("participant"), Participant.unit_id == bindparam("unit"))
    unclosed = select(Round.closes_at).join(Participant, Participant.contest_id == Round.contest_id)
    unclosed = unclosed.where(Round.id == bindparam("round"), is_changeable(), *is_there)
    arrived = bindparam("arrived", type_=UtcDateTime)
    is_open = (Attempt.submitted_at.is_(None), Attempt.deadline_at > arrived)
    closes_at = unclosed.with_for_update(read=True).scalar_subquery()
    change = update(cast(Table, Attempt.__table__)).where(
        Attempt.id == bindparam("attempt"), *is_open, closes_at > arrived
    )
    return change.values({name: bindparam(f"new_{name}") for name in SUBMITTED_COLUMNS})


_SUBMIT, _INSERT_SHEET = _submit(), insert(cast(Table, AnswerSheet.__table__))


def submitted_values(
    keyring: Keyring,
    author: "Author",
    started_at: datetime,
    key: Mapping[str, frozenset[str]],
    submission: Submission,
    *,
    now: datetime,
    random: RandomBytes = secrets.token_bytes,
) -> dict[str, Any]:
    """Return the columns that a submission writes, and the fresh salt of its answers; *key* are the right letters."""
    return {
        "submitted_at": now,
        "duration_ms": (now - started_at) // MILLISECOND,
        "correct": count_correct(submission.answers, key),
        **bound_values(keyring, author, submission, random=random),
    }


@dataclass(frozen=True, slots=True)
class Author:
    """The participant of an attempt, with the salt of their commitment (empty once they were erased)."""

    attempt_id: uuid.UUID
    participant_id: uuid.UUID
    salt: bytes


def bound_values(
    keyring: Keyring, author: Author, submission: Submission, *, random: RandomBytes = secrets.token_bytes
) -> dict[str, Any]:
    """Return what binds a submission: its receipt, both commitments, and the fresh salt of the second."""
    salt = random(16)
    return {
        "receipt_hash": keyring.mac("attempt-receipt", submission.receipt),
        "person_commitment": commitment.of_person(author.salt, str(author.attempt_id), str(author.participant_id)),
        "answers_commitment": commitment.of_answers(salt, submission.answers, submission.guess),
        "salt": salt,
    }


def sheet_values(attempt_id: uuid.UUID, submission: Submission, *, salt: object) -> dict[str, Any]:
    """Return the values of that row."""
    answers = {question: sorted(chosen) for question, chosen in submission.answers.items()}
    canonical = commitment.canonical(answers)
    return {"attempt_id": attempt_id, "answers": canonical, "guess": submission.guess, "salt": salt}


def _require_open(round: "Round | OpenRound | Submittable", now: datetime) -> None:
    span = Span(round.opens_at, round.closes_at, round.results_at)
    found = phase(span, round.closed_at, round.published_at, now)
    if found is not Phase.OPEN:
        raise RoundNotOpen(found)


def _refuse(attempt: Submittable, now: datetime) -> NoReturn:
    """Raise the reason why *attempt*, as stored now, takes no paper."""
    if attempt.submitted_at is not None:
        raise AlreadySubmitted
    if attempt.frozen_at is not None or attempt.closed_at is not None:
        raise RoundNotOpen(Phase.CLOSED)
    _require_open(attempt, now)
    raise TimeOver
