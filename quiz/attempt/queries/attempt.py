"""Participants and their attempts, found by a code that they hold and never by their identity."""

import uuid
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from commune.queries.logos import nearest_digest
from core.clock import MILLISECOND
from core.content import text_column
from core.crypto import Keyring
from core.person_keys import PersonKey
from core.values.content import content_of
from core.values.week import local_date
from quiz.attempt.models import TIMED, UNDATED, Attempt, Entry, PaperSheet
from quiz.attempt.queries.entrance import Entrance
from quiz.attempt.queries.paper_rows import EPOCH
from quiz.attempt.rules.counting import SubmittedAttempt
from quiz.attempt.rules.entry import EntryValue
from quiz.bank.models import QuestionRevision
from quiz.contest.models import Contest, Participant, Round, RoundQuestion
from quiz.contest.models.contest import REHEARSAL
from quiz.contest.rules.presets import Rules

_QUESTIONS = selectinload(Round.questions).joinedload(RoundQuestion.revision).selectinload(QuestionRevision.choices)


class AttemptResult(NamedTuple):
    """The values by which an attempt is ranked."""

    participant_id: uuid.UUID
    mode: str
    submitted_at: datetime | None
    correct: int | None
    duration_ms: int | None


class Begun(NamedTuple):
    """An attempt, submitted or not."""

    id: uuid.UUID
    ordinal: int
    started_at: datetime
    deadline_at: datetime
    submitted_at: datetime | None
    mode: str = "self"


class Submittable(NamedTuple):
    """An attempt with everything that accepting its paper needs of its round, contest and participant."""

    id: uuid.UUID
    participant_id: uuid.UUID
    ordinal: int
    started_at: datetime
    deadline_at: datetime
    submitted_at: datetime | None
    round_id: int
    number: int
    opens_at: datetime
    closes_at: datetime
    results_at: datetime
    frozen_at: datetime | None
    closed_at: datetime | None
    published_at: datetime | None
    limit_seconds: int
    rules: dict[str, Any]
    paper_version: int
    order_salt: bytes | None
    contest_id: int
    slug: str
    title: str
    hotline: str
    is_draft: bool
    unit_id: int
    bloc: int | None
    salt: bytes | None
    rehearses: bool
    title_text: str | None
    """Its title in the present language, which `title` prints; the name of its round, empty for a week, the same."""
    name: str
    name_text: str | None
    is_illustrative: bool
    logo: str | None
    """The digest of the organiser's logo."""

    @property
    def is_rehearsal(self) -> bool:
        """Whether its round is that of a rehearsal, which is not counted."""
        return self.number == REHEARSAL

    @property
    def is_trial(self) -> bool:
        """Whether its contest is the trial of another: a draft with a paper outside a rehearsal."""
        return self.is_draft and not self.is_rehearsal

    def is_rehearsed(self, now: datetime) -> bool:
        """Whether its contest is in rehearsal at *now*, or a trial: a draft with a paper outside a rehearsal."""
        return self.rehearses and now < self.closes_at if self.is_rehearsal else self.is_draft

    @property
    def declared(self) -> Rules:
        """The rules of its round."""
        return Rules.from_dict(self.rules)

    @property
    def ends_at(self) -> datetime:
        """When the page's clock reaches zero: at the attempt's limit or the round's close, whichever is earlier."""
        return min(self.started_at + timedelta(seconds=self.limit_seconds), self.closes_at)


_BEGUN = (
    select(*(Attempt.__table__.c[name] for name in Begun._fields))
    .where(Attempt.round_id == bindparam("round"), Attempt.participant_id == bindparam("participant"))
    .order_by(Attempt.ordinal)
)
_SUBMITTABLE = (
    select(
        Attempt.id, Attempt.participant_id, Attempt.ordinal, Attempt.started_at, Attempt.deadline_at,
        Attempt.submitted_at, Round.id, Round.number, Round.opens_at, Round.closes_at, Round.results_at,
        Round.frozen_at, Round.closed_at, Round.published_at, Round.limit_seconds, Round.rules, Round.paper_version,
        Round.order_salt, Contest.id, Contest.slug, Contest.title, Contest.hotline, Contest.is_draft,
        Participant.unit_id, Participant.bloc, PersonKey.salt, Contest.is_rehearsal, text_column(Contest.title),
        Round.name, text_column(Round.name), Contest.is_illustrative, nearest_digest(Contest.unit_id),
    )
    .select_from(Attempt)
    .join(Round, Round.id == Attempt.round_id)
    .join(Contest, Contest.id == Round.contest_id)
    .join(Participant, Participant.id == Attempt.participant_id)
    .outerjoin(PersonKey, PersonKey.id == Participant.person_id)
    .where(Attempt.id == bindparam("attempt"))
)  # fmt: skip


def list_attempts(session: Session, round_id: int, participant_id: uuid.UUID) -> list[Begun]:
    """Return a participant's attempts in a round, in order."""
    session.flush()
    rows = session.connection().execute(_BEGUN, {"round": round_id, "participant": participant_id})
    return [Begun._make(row) for row in rows]


def find_attempt(session: Session, attempt_id: uuid.UUID) -> Submittable | None:
    """Return an attempt with everything that accepting its paper needs, in one statement."""
    session.flush()
    row = session.connection().execute(_SUBMITTABLE, {"attempt": attempt_id}).one_or_none()
    if row is None:
        return None
    made = Submittable._make(row)
    return made._replace(title=content_of(made.title, made.title_text), name=content_of(made.name, made.name_text))


def find_attempt_by_receipt(session: Session, keyring: Keyring, receipt: str) -> Attempt | None:
    """Return the submitted attempt with this receipt, with its answers and its round's questions."""
    query = (
        select(Attempt)
        .where(Attempt.receipt_hash == keyring.mac("attempt-receipt", receipt))
        .options(
            joinedload(Attempt.sheet),
            joinedload(Attempt.participant),
            joinedload(Attempt.round).joinedload(Round.contest),
            joinedload(Attempt.round).options(_QUESTIONS),
        )
    )
    return session.scalar(query)


class CodeHolder(NamedTuple):
    """A participant found by a code, and whether a paper sheet asks whether it is theirs."""

    id: uuid.UUID
    restricted_at: datetime | None
    is_asked: bool = False


def find_participant_by_code(
    session: Session, keyring: Keyring, contest: Contest | Entrance, code: str
) -> CodeHolder | None:
    """Return the participant of *contest* with this personal code; a receipt finds none.

    In a rehearsal only its own participants are found, and otherwise only the others.
    """
    session.flush()
    mine = {"contest": contest.id, "rehearses": contest.is_rehearsal, "hash": keyring.mac("personal-code", code)}
    row = session.connection().execute(_BY_CODE, mine).one_or_none()
    return CodeHolder._make(row) if row else None


_ASKS = or_(PaperSheet.sealed.is_not(None), PaperSheet.registers)
_ASKED = select(PaperSheet.id).where(PaperSheet.asked_id == Participant.id, _ASKS)
_BY_CODE = select(Participant.id, Participant.restricted_at, _ASKED.correlate(Participant).exists()).where(
    Participant.contest_id == bindparam("contest"),
    Participant.is_rehearsal == bindparam("rehearses"),
    Participant.code_hash == bindparam("hash"),
)


def is_entry(session: Session, attempt: Attempt) -> bool:
    """Return whether *attempt* is the one that counts."""
    return session.scalar(select(Entry.round_id).where(Entry.attempt_id == attempt.id)) is not None


def find_holder(session: Session, keyring: Keyring, codes: Collection[str]) -> Participant | None:
    """Return the participant with one of these personal codes in any contest, outside rehearsals."""
    hashes = [keyring.mac("personal-code", code) for code in codes]
    mine = Participant.is_rehearsal.is_(False), Participant.code_hash.in_(hashes)
    return session.scalar(select(Participant).where(*mine).limit(1))


def is_receipt(session: Session, keyring: Keyring, codes: Collection[str]) -> bool:
    """Return whether one of these codes is the receipt of an attempt."""
    hashes = [keyring.mac("attempt-receipt", code) for code in codes]
    return session.scalar(select(Attempt.id).where(Attempt.receipt_hash.in_(hashes)).limit(1)) is not None


def entry_value(attempt: Attempt, guess: int | None) -> EntryValue:
    """Return an attempt as `rules.ranking` takes it; assisted and paper ones as if they had used the whole limit.

    An imported attempt has the times of its sheet; one without a moment has none, whatever day it is tallied on.
    """
    paper = AttemptResult(
        attempt.participant_id, attempt.mode, attempt.submitted_at, attempt.correct, attempt.duration_ms
    )
    return value_of(paper, guess, attempt.round)


def submitted_value(attempt: Attempt, guess: int | None, correct: int | None = None) -> SubmittedAttempt:
    """Return a submitted attempt as `rules.counting` takes it, with its id as ref; *correct* replaces its own marks."""
    value = replace(entry_value(attempt, guess), ref=str(attempt.id))
    if correct is not None:
        value = replace(value, correct=correct)
    return SubmittedAttempt(value, local_date(attempt.submitted_at or attempt.started_at), attempt.ordinal)


def counted_value(
    id: uuid.UUID, ordinal: int, mode: str, submitted_at: datetime, correct: int, guess: int | None
) -> SubmittedAttempt:
    """Return a submitted attempt as `rules.counting` takes it, without a duration, which does not matter there."""
    moment = None if mode == UNDATED else milliseconds(submitted_at)
    return SubmittedAttempt(EntryValue(str(id), correct, None, guess, moment), local_date(submitted_at), ordinal)


def value_of(paper: AttemptResult, guess: int | None, round: Round, bloc: int | None = None) -> EntryValue:
    """Return a paper as `rules.ranking` takes it, with its participant as ref."""
    submitted = None if paper.mode == UNDATED else paper.submitted_at
    return EntryValue(
        ref=str(paper.participant_id),
        correct=paper.correct or 0,
        duration_ms=paper.duration_ms if paper.mode in TIMED else round.limit_seconds * 1000,
        guess=guess,
        submitted_ms=milliseconds(submitted) if submitted else None,
        bloc=bloc,
    )


def milliseconds(moment: datetime) -> int:
    """Return *moment* as whole milliseconds since 1970 UTC."""
    return (moment - EPOCH) // (datetime.resolution * 1000)


def moment_of(since_1970: int) -> datetime:
    """Return the moment of whole milliseconds since 1970 UTC."""
    return EPOCH + since_1970 * MILLISECOND
