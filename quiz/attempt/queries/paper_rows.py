"""The papers of a round as plain rows, and its counted entries as columns."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Select, null, select
from sqlalchemy.orm import Session

from core.bulk import make_room, read_blocks
from core.columns import IdText, Milliseconds
from core.values.columns import NONE, IdColumn, Ints, ints
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
    query = _entries_with_attempts(round)
    session.flush()
    make_room(session)
    limit_ms = round.limit_seconds * 1000
    people, attempts = list[bytes](), list[bytes]()
    parts: list[tuple[Ints, ...]] = [(ints(()),) * 5]
    for who, papers, modes, moments, marks, own, guesses, blocs in read_blocks(session, query):
        people.append(IdColumn.pack(who))
        attempts.append(IdColumn.pack(papers))
        is_timed, is_undated = np.isin(modes, TIMED), np.array(modes) == UNDATED
        durations = np.where(is_timed, ints(own), limit_ms)
        dated = np.where(is_undated, NONE, ints(moments))
        plain = ints([right or 0 for right in marks]), ints([bloc or 0 for bloc in blocs])
        parts.append((plain[0], durations, ints(guesses), dated, plain[1]))
    correct, took, guess, submitted, bloc = map(np.concatenate, zip(*parts, strict=True))
    ids = IdColumn.packed(people), IdColumn.packed(attempts)
    return EntryColumns(ids[0], correct, took, guess, submitted, bloc, ids[1])


def _entries_with_attempts(round: Round) -> Select[*tuple[Any, ...]]:
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
    return query.join(Participant, Participant.id == Entry.participant_id) if round.contest.blocs else query


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
