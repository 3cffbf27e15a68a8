"""Read the papers of a round and their people as columns: each table once, in the order in which it is stored, joined
in memory (decision 0097).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Integer, case, cast, func, select
from sqlalchemy.orm import Session

from core.bulk import is_most, make_room, read_blocks, stored_between, stretches_of, without_collections
from core.columns import IdText
from core.packed_reading import AskedColumns, Conditions, read_arrays
from core.values.columns import NONE, IdColumn, Ints, ints, one
from quiz.attempt.models import MODES, AnswerSheet, Attempt, Entry
from quiz.attempt.queries.paper_rows import PaperRow
from quiz.contest.models import Participant, ParticipantVersion, Round

NO_ENTRY, ELSEWHERE = -1, -2
"""Instead of the place of an entry's paper: no entry, and a paper that is not one of the round."""
EMPTY = (None, "", b"")
"""Values that get no number of their own."""
MANY = 10
"""The people of a contest to one of a round, up to which all of the contest are read in their order."""


@dataclass(frozen=True)
class RoundPeople:
    """The people of the papers of a round, and others of its contest; `unit_at_close` is where they count.

    `order` is the place of each in the order of their refs, `entry` the place of the paper that is their stored entry,
    `binding` the guess of the entry. `bloc` is 0 where the contest has none.
    """

    refs: IdColumn
    order: Ints
    unit_id: Ints
    unit_at_close: Ints
    bloc: Ints
    is_rehearsal: npt.NDArray[np.bool_]
    entry: Ints
    binding: Ints


@dataclass(frozen=True)
class RoundPapers:
    """All papers of a round, begun or submitted, as columns in the order in which they are stored.

    `person` is a place in the columns of `people`, `mode` one in `MODES`,
    `sheet` one in `texts`, the different answers as stored, or `NONE`. Moments are whole milliseconds since 1970.
    """

    people: RoundPeople
    texts: list[str]
    ids: IdColumn
    person: Ints
    ordinal: Ints
    mode: Ints
    started_ms: Ints
    submitted_ms: Ints
    correct: Ints
    duration_ms: Ints
    sheet: Ints
    guess: Ints

    @property
    def counted(self) -> Ints:
        """The places of the submitted papers, without rehearsals."""
        is_counted = (self.submitted_ms != NONE) & ~self.people.is_rehearsal[self.person]
        return np.flatnonzero(is_counted)

    def row(self, at: int) -> PaperRow:
        """Return a submitted paper as a plain row."""
        people, person, sheet = self.people, int(self.person[at]), int(self.sheet[at])
        entry = int(people.entry[person])
        return PaperRow(
            people.refs[person],
            self.ids[at],
            int(self.ordinal[at]),
            MODES[self.mode[at]],
            int(self.submitted_ms[at]),
            one(self.correct, at),
            one(self.duration_ms, at),
            self.texts[sheet] if sheet != NONE else None,
            one(self.guess, at),
            int(people.unit_at_close[person]),
            None if entry == NO_ENTRY else self.ids[entry] if entry != ELSEWHERE else "",
            one(people.binding, person),
            int(people.bloc[person]) or None,
        )

    def has_mode(self, modes: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Return which papers have one of *modes*."""
        return np.isin(self.mode, [MODES.index(mode) for mode in modes])


@without_collections()
def read_papers(session: Session, round: Round) -> RoundPapers:
    """Return the papers of *round*; this reads alone."""
    session.flush()
    people, unit_id, bloc, is_rehearsal = _read_people(session, round)
    ids, who, ordinal, mode, started, submitted, correct, took = _read_attempts(session, round)
    sheet, guess, texts = _read_sheets(session, round, ids)
    entry, binding = _read_entries(session, round, people, ids)
    unit_at_close, moved = unit_id.copy(), _units_at_close(session, round)
    there = people.places_of(IdColumn.of(moved))
    unit_at_close[there[there >= 0]] = ints(list(moved.values()))[there >= 0]
    is_rehearsed = is_rehearsal.astype(np.bool_)
    columns = RoundPeople(people, people.ranks, unit_id, unit_at_close, bloc, is_rehearsed, entry, binding)
    person = people.places_of(who)
    return RoundPapers(columns, texts, ids, person, ordinal, mode, started, submitted, correct, took, sheet, guess)


def _read_people(session: Session, round: Round) -> tuple[IdColumn, Ints, Ints, Ints]:
    """Return the ids of the people, and their units, blocs and whether they are of rehearsals."""
    columns = (Participant.unit_id, func.coalesce(Participant.bloc, 0), cast(Participant.is_rehearsal, Integer))
    (ids,), _moments, (unit_id, bloc, is_rehearsal) = read_arrays(
        session, AskedColumns([Participant.id], [], columns), _people_of(session, round)
    )
    return ids, unit_id, bloc, is_rehearsal


def people_of(session: Session, round: Round) -> list[ColumnElement[bool]]:
    """Return the condition for the participants who may have papers in *round*: those of the contest in their order, or
    those of the papers where these are few.
    """
    return _few_people(session, round) or stored_between(session, Participant, Participant.contest_id, round.contest_id)


def _few_people(session: Session, round: Round) -> list[ColumnElement[bool]]:
    entered = select(Attempt.participant_id).where(Attempt.round_id == round.id)
    some = session.scalar(select(func.count()).select_from(entered.subquery())) or 0
    all = session.scalar(select(func.count()).where(Participant.contest_id == round.contest_id)) or 0
    return [Participant.id.in_(entered)] if some * MANY < all else []


def _people_of(session: Session, round: Round) -> Sequence[Conditions]:
    """Return the condition of `people_of`, a stretch of the table at a time."""
    few = _few_people(session, round)
    return [few] if few else stretches_of(session, Participant, Participant.contest_id, round.contest_id)


Attempts = tuple[IdColumn, IdColumn, Ints, Ints, Ints, Ints, Ints, Ints]
"""The columns of attempts, those of `RoundPapers` from `ids` on, with people as ids."""


def _read_attempts(session: Session, round: Round) -> Attempts:
    mode = case({mode: at for at, mode in enumerate(MODES)}, value=Attempt.mode)
    asked = AskedColumns(
        [Attempt.id, Attempt.participant_id],
        [Attempt.started_at, Attempt.submitted_at],
        [Attempt.ordinal, mode, Attempt.correct, Attempt.duration_ms],
    )
    (ids, who), (started, submitted), (ordinal, modes, correct, took) = read_arrays(
        session, asked, stretches_of(session, Attempt, Attempt.round_id, round.id)
    )
    return ids, who, ordinal, modes, started, submitted, correct, took


def _read_sheets(session: Session, round: Round, papers: IdColumn) -> tuple[Ints, Ints, list[str]]:
    """Return the answers and the guess of each paper, and the different answers."""
    query = select(IdText(AnswerSheet.attempt_id), AnswerSheet.answers, AnswerSheet.guess)
    if not is_most(session, AnswerSheet, len(papers)):
        make_room(session)
        query = query.join(AnswerSheet.attempt).where(*stored_between(session, Attempt, Attempt.round_id, round.id))
    known, packed, parts = place_numbers(), list[bytes](), [(ints(()),) * 2]
    for ids, answers, guesses in read_blocks(session, query):
        packed.append(IdColumn.pack(ids))
        parts.append((ints(list(map(known.__getitem__, answers))), ints(guesses)))
    at, (numbers, guessed) = papers.places_of(IdColumn.packed(packed)), map(np.concatenate, zip(*parts, strict=True))
    is_mine, texts = at >= 0, list(known)[len(EMPTY) :]
    used, sheets = np.unique(numbers[is_mine & (numbers >= 0)], return_inverse=True)
    sheet, guess = np.full(len(papers), NONE, np.int64), np.full(len(papers), NONE, np.int64)
    sheet[at[is_mine & (numbers >= 0)]], guess[at[is_mine]] = sheets, guessed[is_mine]
    return sheet, guess, list(map(texts.__getitem__, used.tolist()))


def place_numbers() -> dict[Any, int]:
    """Return a dictionary that gives each different value the next number when it is first asked for, from 0 on, and -1
    to those of `EMPTY`, which stand before them in it.
    """
    return defaultdict(count().__next__, dict.fromkeys(EMPTY, -1))


def _read_entries(session: Session, round: Round, people: IdColumn, papers: IdColumn) -> tuple[Ints, Ints]:
    """Return the paper and the guess of the stored entry of each person."""
    asked = AskedColumns([Entry.participant_id, Entry.attempt_id], [], [Entry.guess])
    (who, attempts), _moments, (guesses,) = read_arrays(
        session, asked, stretches_of(session, Entry, Entry.round_id, round.id)
    )
    at, paper = people.places_of(who), papers.places_of(attempts)
    entry, binding = np.full(len(people), NO_ENTRY, np.int64), np.full(len(people), NONE, np.int64)
    entry[at], binding[at] = np.where(paper < 0, ELSEWHERE, paper), guesses
    return entry, binding


def _units_at_close(session: Session, round: Round) -> dict[str, int]:
    """Return the units at the close of *round* of the people who were moved to another one later."""
    query = (
        select(IdText(ParticipantVersion.participant_id), ParticipantVersion.unit_id)
        .join(Participant, Participant.id == ParticipantVersion.participant_id)
        .where(Participant.contest_id == round.contest_id, ParticipantVersion.until >= round.closes_at)
        .order_by(ParticipantVersion.version.desc())
    )
    return dict(session.connection().execute(query).all())
