"""Read the submitted papers of a round once, person by person, as plain rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import compress, groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, and_, func, literal_column, null, select
from sqlalchemy.orm import Session

from core.bulk import make_room
from core.columns import IdText, Milliseconds
from core.values.week import local_date
from quiz.attempt.models import TIMED, UNDATED, AnswerSheet, Attempt, Entry
from quiz.attempt.rules.counting import SubmittedAttempt
from quiz.attempt.rules.entry import EntryColumns, EntryValue
from quiz.contest.models import Participant, ParticipantVersion, Round

ROWS_AT_ONCE = 5_000
MOST_KEPT = 20_000
"""People with several papers whose papers are kept in memory until the others are read."""
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


class PaperPart(NamedTuple):
    """A part of a round's people: the papers of those with one that is their entry, and the papers of each other."""

    singles: Sequence[PaperRow]
    others: Sequence[Sequence[PaperRow]]


def people_of(session: Session, round: Round) -> Iterator[PaperPart]:
    """Yield the people with submitted papers in *round* in parts, without rehearsals; a person is in one part.

    Where few have several papers, papers are read in the order in which they are stored, and those of these few are
    kept until the end: read in the order of people, a million papers are a million pages of the file.
    """
    make_room(session)
    several = _find_several(session, round.id)
    parts = _by_person(session, round) if len(several) > MOST_KEPT else _as_stored(session, round, several)
    moved = units_at_close(session, round)
    for part in parts:
        yield _placed(part, moved) if moved else part


def units_at_close(session: Session, round: Round) -> dict[UUID, int]:
    """Return the units at the close of *round* of the people who were moved to another one later."""
    query = (
        select(ParticipantVersion.participant_id, ParticipantVersion.unit_id)
        .join(Participant, Participant.id == ParticipantVersion.participant_id)
        .where(Participant.contest_id == round.contest_id, ParticipantVersion.until >= round.closes_at)
        .order_by(ParticipantVersion.version.desc())
    )
    return {row.participant_id: row.unit_id for row in session.execute(query)}


def _placed(part: PaperPart, moved: Mapping[UUID, int]) -> PaperPart:
    """Return the part with those who were *moved* after the close in the unit of then."""
    units = {str(id): unit_id for id, unit_id in moved.items()}

    def place(row: PaperRow) -> PaperRow:
        return row._replace(unit_id=units.get(dashed(row.participant), row.unit_id))

    return PaperPart(list(map(place, part.singles)), [list(map(place, rows)) for rows in part.others])


def _find_several(session: Session, round_id: int) -> frozenset[str]:
    """Return the people who began several papers in a round."""
    query = select(IdText(Attempt.participant_id)).where(Attempt.round_id == round_id)
    query = query.group_by(Attempt.participant_id).having(func.count() > 1)
    return frozenset(session.connection().scalars(query))


def _as_stored(session: Session, round: Round, several: frozenset[str]) -> Iterator[PaperPart]:
    kept: list[PaperRow] = []
    query = _papers_of(round.id).where(*as_stored(session, round.id))
    rows = session.connection().execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
    for some in rows.partitions():
        read = list(map(PaperRow._make, some))
        is_single = [row[0] not in several and row[10] == row[1] and row[11] == row[8] for row in read]
        kept += (row for row, single in zip(read, is_single, strict=True) if not single)
        yield PaperPart(list(compress(read, is_single)), [])
    kept.sort(key=_WHO)
    yield PaperPart([], [list(group) for _who, group in groupby(kept, key=_WHO)])


def as_stored(session: Session, round_id: int) -> list[ColumnElement[bool]]:
    """Return the conditions by which SQLite reads the attempts of a round in the order in which they are stored.

    They are among those between its first and its last; the round's index would lead to a page for each.
    """
    if session.get_bind().dialect.name != "sqlite":
        return [Attempt.round_id == round_id]
    rowid: ColumnElement[int] = literal_column("quiz_attempt.rowid", Integer)
    bounds = select(func.min(rowid), func.max(rowid)).select_from(Attempt).where(Attempt.round_id == round_id)
    first, last = session.connection().execute(bounds).one()
    return [rowid.between(first or 0, last or 0), Attempt.round_id + 0 == round_id]


def _by_person(session: Session, round: Round) -> Iterator[PaperPart]:
    query = _papers_of(round.id).where(Attempt.round_id == round.id).order_by(Attempt.participant_id)
    rows = session.connection().execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
    waiting: list[PaperRow] = []
    for some in rows.partitions():
        waiting += map(PaperRow._make, some)
        last = waiting[-1].participant  # whose papers may go on in the next part
        end = len(waiting)
        while end and waiting[end - 1].participant == last:
            end -= 1
        yield _part(waiting[:end])
        del waiting[:end]
    yield _part(waiting)


def _part(rows: Sequence[PaperRow]) -> PaperPart:
    """Divide papers in the order of people."""
    who = list(map(_WHO, rows))
    alone = [
        one != before and one != after for before, one, after in zip(["", *who], who, [*who[1:], ""], strict=False)
    ]
    is_single = [alone and row[10] == row[1] and row[11] == row[8] for alone, row in zip(alone, rows, strict=True)]
    others = [row for row, single in zip(rows, is_single, strict=True) if not single]
    return PaperPart(list(compress(rows, is_single)), [list(group) for _who, group in groupby(others, key=_WHO)])


def _papers_of(round_id: int):  # type: ignore[no-untyped-def]
    mine = and_(Entry.round_id == round_id, Entry.participant_id == Attempt.participant_id)
    return (
        select(
            IdText(Attempt.participant_id),
            IdText(Attempt.id),
            Attempt.ordinal,
            Attempt.mode,
            Milliseconds(Attempt.submitted_at),
            Attempt.correct,
            Attempt.duration_ms,
            AnswerSheet.answers,
            AnswerSheet.guess,
            Participant.unit_id,
            IdText(Entry.attempt_id),
            Entry.guess,
            Participant.bloc,
        )
        .join(Participant, Participant.id == Attempt.participant_id)
        .outerjoin(AnswerSheet, AnswerSheet.attempt_id == Attempt.id)
        .outerjoin(Entry, mine)
        .where(Attempt.submitted_at.is_not(None), Participant.is_rehearsal.is_(False))
    )


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
    rows = session.connection().execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
    for some in rows.partitions():
        add_entries(found, list(zip(*some, strict=True)), limit_ms)
    return found


def add_rows(found: EntryColumns, rows: Sequence[PaperRow], limit_ms: int) -> None:
    """Add the papers of people who have one, which is their entry."""
    who, ids, _ordinals, modes, moments, correct, took, _answers, guesses, *_more, blocs = zip(*rows, strict=True)
    add_entries(found, (who, ids, modes, moments, correct, took, guesses, blocs), limit_ms)


def add_entries(found: EntryColumns, columns: Sequence[Sequence[Any]], limit_ms: int) -> None:
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
_WHO = itemgetter(0)


def dashed(id: str) -> str:
    """Return a stored id as `str(UUID)` writes it; SQLite stores the digits alone.

    >>> dashed("0123456789abcdef0123456789abcdef")
    '01234567-89ab-cdef-0123-456789abcdef'
    """
    return id if "-" in id else f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"
