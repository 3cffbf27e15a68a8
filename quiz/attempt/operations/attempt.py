"""Starting and submitting an attempt; marking, counting and the tally happen in the submission's own transaction."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.clock import MILLISECOND
from core.crypto import Keyring, RandomBytes
from core.person_keys import find_person
from core.upsert import upsert_add
from quiz.attempt.models import AnswerSheet, Attempt, Entry, Tally
from quiz.attempt.queries.attempt import list_attempts, list_submitted, submitted_value
from quiz.attempt.rules import commitment
from quiz.attempt.rules.counting import count_person, growth
from quiz.attempt.rules.scoring import count_correct
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.rehearsal import hold_rehearsal
from quiz.contest.rules.schedule import Phase, Span, phase

Answers = Mapping[str, frozenset[str]]
COLUMNS = ("turns", "people", "perfect")
"""Columns of the tally, in the order in which `rules.counting` gives their amounts."""


class RoundNotOpen(Exception):
    """The round has not begun, or is over; carries its phase."""

    def __init__(self, phase: Phase) -> None:
        super().__init__(phase)
        self.phase = phase


class NoTriesLeft(Exception):
    """Every attempt that the rules allow was used; carries the last one."""

    def __init__(self, last: Attempt) -> None:
        super().__init__(last.id)
        self.last = last


class Restricted(Exception):
    """The participant asked that nothing be done with what is known of them, or was just erased."""


class AlreadySubmitted(Exception):
    """This attempt was submitted before; the first submission stands."""


class TimeOver(Exception):
    """The attempt's own time ran out, its grace included."""


@dataclass(frozen=True)
class Submission:
    """What came with a submitted paper; `receipt` was made for it beforehand."""

    answers: Answers
    guess: int | None
    receipt: str


def start_attempt(session: Session, round: Round, participant: Participant, *, now: datetime) -> Attempt:
    """Begin an attempt, or take the one up again that is still running (a reload loses nothing).

    The deadline is start + limit + grace; the round's close cuts it short and is asked for at submission, so that an
    extension after an outage reaches everybody. A begun attempt uses up a try: the paper has been seen.

    Raises:
        RoundNotOpen: *now* is outside [opens_at, closes_at), the round has no question yet, or the contest was called
            off.
        NoTriesLeft: the rules' tries are used up.
        Restricted: the participant is not to be processed, or not known any more.
        RehearsalOver: the rehearsal has just been wiped.
    """
    if participant.restricted_at is not None:
        raise Restricted
    if round.is_rehearsal:
        hold_rehearsal(session, round.contest_id)
    _require_open(round, now)
    if not round.questions:
        raise RoundNotOpen(Phase.UPCOMING)
    attempts = list_attempts(session, round.id, participant.id)
    running = [attempt for attempt in attempts if attempt.submitted_at is None and now < attempt.deadline_at]
    if running:
        return running[-1]
    tries = round.declared.tries
    if attempts and tries is not None and len(attempts) >= tries:
        raise NoTriesLeft(attempts[-1])
    attempt = build_attempt(round, participant, ordinal=len(attempts) + 1, now=now)
    try:
        with session.begin_nested():
            session.add(attempt)
    except IntegrityError:  # eight taps at once: whoever was first began it for all (or a sheet used the try up)
        return start_attempt(session, round, participant, now=now)
    _require_going_on(session, participant)
    return attempt


def _require_going_on(session: Session, participant: Participant) -> None:
    """Asked after the row is written: whoever calls the contest off, or erases *participant*, waits for it, or it has
    waited for them."""
    query = select(Contest.called_off_at, Participant.person_id).join(Participant, Participant.contest_id == Contest.id)
    called_off_at, person_id = session.execute(query.where(Participant.id == participant.id)).one()
    if called_off_at is not None:
        raise RoundNotOpen(Phase.ENDED)
    if person_id is None:
        raise Restricted


def build_attempt(
    round: Round, participant: Participant, *, ordinal: int, now: datetime, id: uuid.UUID | None = None
) -> Attempt:
    """The row of a begun attempt, not yet added."""
    return Attempt(**attempt_values(round, participant.id, ordinal=ordinal, now=now, id=id))


def attempt_values(
    round: Round, participant_id: uuid.UUID, *, ordinal: int, now: datetime, id: uuid.UUID | None = None
) -> dict[str, Any]:
    """The values of that row."""
    return {
        "id": id or uuid.uuid4(),
        "round_id": round.id,
        "participant_id": participant_id,
        "ordinal": ordinal,
        "started_at": now,
        "deadline_at": now + timedelta(seconds=round.limit_seconds + round.grace_seconds),
    }


def submit_attempt(
    session: Session, keyring: Keyring, attempt: Attempt, submission: Submission, *, now: datetime
) -> Attempt:
    """Mark, commit to, count and tally one paper; `now` is its arrival. A rehearsal's is marked and counts nowhere.

    One conditional statement decides: of two simultaneous submissions one finds the attempt open.

    Raises:
        AlreadySubmitted, TimeOver, RoundNotOpen: nothing was written; the stored row says which.
        RehearsalOver: the rehearsal has just been wiped.
    """
    session.flush()
    if attempt.round.is_rehearsal:
        hold_rehearsal(session, attempt.round.contest_id)
    values = submitted_values(session, keyring, attempt, submission, now=now)
    salt = values.pop("salt")
    closes_at = _unclosed(attempt.round_id).scalar_subquery()
    is_open = (Attempt.id == attempt.id, Attempt.submitted_at.is_(None), Attempt.deadline_at > now, closes_at > now)
    done = session.execute(update(Attempt).where(*is_open).values(**values).returning(Attempt.id)).first()
    session.refresh(attempt)
    if done is None:
        session.refresh(attempt.round)
        _refuse(attempt, now)
    session.add(answer_sheet(attempt, submission, salt=salt))
    if not attempt.round.is_rehearsal:
        _count(session, attempt, submission.guess)
    session.flush()
    return attempt


def _unclosed(round_id: int) -> Select[datetime]:
    """The close of a round that the organiser has not closed, shared until the commit: the closing waits for papers
    on their way and none comes after it, so that whoever holds a receipt is in the standings."""
    return select(Round.closes_at).where(Round.id == round_id, Round.closed_at.is_(None)).with_for_update(read=True)


def submitted_values(
    session: Session,
    keyring: Keyring,
    attempt: Attempt,
    submission: Submission,
    *,
    now: datetime,
    random: RandomBytes = secrets.token_bytes,
) -> dict[str, object]:
    """What a submission writes into its attempt, and the fresh salt of its answers."""
    key = {str(question.position): question.key for question in attempt.round.questions}
    person = find_person(session, keyring, attempt.participant.person_id)
    author = Author(attempt.id, attempt.participant_id, person.salt if person else b"")
    return {
        "submitted_at": now,
        "duration_ms": (now - attempt.started_at) // MILLISECOND,
        "correct": count_correct(submission.answers, key),
        **bound_values(keyring, author, submission, random=random),
    }


@dataclass(frozen=True, slots=True)
class Author:
    """Whose attempt it is, with the salt that hides them in their commitment (empty once they were erased)."""

    attempt_id: uuid.UUID
    participant_id: uuid.UUID
    salt: bytes


def bound_values(
    keyring: Keyring, author: Author, submission: Submission, *, random: RandomBytes = secrets.token_bytes
) -> dict[str, Any]:
    """What binds a submission: its receipt, both commitments, and the fresh salt that opens the second."""
    salt = random(16)
    return {
        "receipt_hash": keyring.mac("attempt-receipt", submission.receipt),
        "person_commitment": commitment.of_person(author.salt, str(author.attempt_id), str(author.participant_id)),
        "answers_commitment": commitment.of_answers(salt, submission.answers, submission.guess),
        "salt": salt,
    }


def answer_sheet(attempt: Attempt, submission: Submission, *, salt: object) -> AnswerSheet:
    """The row of what was answered, with the salt that will open its commitment."""
    return AnswerSheet(**sheet_values(attempt.id, submission, salt=salt))


def sheet_values(attempt_id: uuid.UUID, submission: Submission, *, salt: object) -> dict[str, Any]:
    """The values of that row."""
    answers = {question: sorted(chosen) for question, chosen in submission.answers.items()}
    canonical = commitment.canonical(answers)
    return {"attempt_id": attempt_id, "answers": canonical, "guess": submission.guess, "salt": salt}


def _count(session: Session, attempt: Attempt, guess: int | None) -> None:
    """Count the person anew with *attempt*, and add the difference to the tally."""
    rules, size = attempt.round.declared, len(attempt.round.questions)
    entry = _lock_entry(session, attempt, guess)
    earlier = [] if entry.attempt_id == attempt.id else list_submitted(session, attempt)
    before = count_person(earlier, rules, size) if earlier else None
    after = count_person([*earlier, submitted_value(attempt, guess)], rules, size)
    entry.attempt_id, entry.guess = uuid.UUID(after.entry.ref), after.guess
    for day, amounts in growth(before, after).items():
        key = {"round_id": attempt.round_id, "unit_id": attempt.participant.unit_id, "day": day}
        upsert_add(session, Tally, key, dict(zip(COLUMNS, amounts, strict=True)))


def _lock_entry(session: Session, attempt: Attempt, guess: int | None) -> Entry:
    key = (attempt.round_id, attempt.participant_id)
    entry = session.get(Entry, key, with_for_update=True)
    if entry is not None:
        return entry
    entry = Entry(round_id=key[0], participant_id=key[1], attempt_id=attempt.id, guess=guess)
    try:
        with session.begin_nested():
            session.add(entry)
    except IntegrityError:
        return session.get_one(Entry, key, with_for_update=True)
    return entry


def _require_open(round: Round, now: datetime) -> None:
    span = Span(round.opens_at, round.closes_at, round.results_at)
    found = phase(span, round.closed_at, round.published_at, now)
    if found is not Phase.OPEN:
        raise RoundNotOpen(found)


def _refuse(attempt: Attempt, now: datetime) -> None:
    if attempt.submitted_at is not None:
        raise AlreadySubmitted
    if attempt.round.closed_at is not None:
        raise RoundNotOpen(Phase.CLOSED)
    _require_open(attempt.round, now)
    raise TimeOver
