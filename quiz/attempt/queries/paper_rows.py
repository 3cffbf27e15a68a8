"""The papers of a round as plain rows, and its counted entries as columns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import null, select
from sqlalchemy.orm import Session

from core.bulk import Columns, make_room, read_blocks
from core.columns import IdText, Milliseconds
from core.values.week import local_date
from quiz.attempt.models import TIMED, UNDATED, Attempt, Entry
from quiz.attempt.rules.counting import SubmittedAttempt
from quiz.attempt.rules.entry import EntryColumns, EntryValue
from quiz.contest.models import Participant, Round

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class PaperRow(NamedTuple):
    """A submitted paper; ids are text as the database gives them. `counted` and `binding` are the attempt and the guess
    of its person's stored entry, None where there is none. `unit_id` is the unit at the close of the round, `bloc` the
    bloc of the person, None where the contest has none.
    """

    participant: str
    id: str
    ordinal: int
    mode: str
    submitted_ms: int
    correct: int | None
    duration_ms: int | None
    answers: str | None
    guess: int | None
    unit_id: int
    counted: str | None
    binding: int | None
    bloc: int | None


def counted_entries(session: Session, round: Round) -> EntryColumns:
    """Return the counted entries of *round* with their attempts, in the order of people."""
    query = (
        select(
            IdText(Entry.participant_id),
            IdText(Entry.attempt_id),
            Attempt.mode,
            Milliseconds(Attempt.submitted_at),
            Attempt.correct,
            Attempt.duration_ms,
            Entry.guess,
            Participant.bloc if round.contest.blocs else null(),
        )
        .join(Attempt, Attempt.id == Entry.attempt_id)
        .where(Entry.round_id == round.id)
        .order_by(Entry.participant_id)
    )
    if round.contest.blocs:
        query = query.join(Participant, Participant.id == Entry.participant_id)
    session.flush()
    make_room(session)
    found, limit_ms = EntryColumns(), round.limit_seconds * 1000
    for some in read_blocks(session, query):
        add_entries(found, some, limit_ms)
    return found


def add_entries(found: EntryColumns, columns: Columns, limit_ms: int) -> None:
    """Add entries as `value_of` gives them: participant, attempt, mode, moment, mark, duration, guess, bloc."""
    who, attempts, modes, moments, correct, took, guesses, blocs = columns
    found.refs += map(dashed, who)
    found.attempts += attempts
    found.correct += [right or 0 for right in correct]
    found.guess += guesses
    found.bloc += blocs
    found.duration_ms += [own if mode in TIMED else limit_ms for own, mode in zip(took, modes, strict=True)]
    found.submitted_ms += [None if mode == UNDATED else ms for ms, mode in zip(moments, modes, strict=True)]


def submitted_row(row: PaperRow, limit_ms: int) -> SubmittedAttempt:
    """Return a paper as `rules.counting` takes it, with its attempt as ref."""
    took = row.duration_ms if row.mode in TIMED else limit_ms
    moment = None if row.mode == UNDATED else row.submitted_ms
    value = EntryValue(row.id, row.correct or 0, took, row.guess, moment)
    return SubmittedAttempt(value, DAYS[row.submitted_ms // HOUR_MS], row.ordinal)


class _Days(dict[int, date]):
    """The days in Vietnam of the hours since 1970; a round has few."""

    def __missing__(self, hour: int) -> date:
        self[hour] = local_date(EPOCH + hour * timedelta(hours=1))
        return self[hour]


DAYS = _Days()
HOUR_MS = 3_600_000


def dashed(id: str) -> str:
    """Return a stored id as `str(UUID)` writes it; SQLite stores the digits alone.

    >>> dashed("0123456789abcdef0123456789abcdef")
    '01234567-89ab-cdef-0123-456789abcdef'
    """
    return id if "-" in id else f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"
