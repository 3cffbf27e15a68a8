"""Read the papers of a round and their people as columns: each table once, in the order in which it is stored, joined
in memory (decision 0097).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from core.bulk import is_most, make_room, read_blocks, stored_between, without_collections
from core.columns import IdText, StoredMoment
from quiz.attempt.models import MODES, AnswerSheet, Attempt, Entry
from quiz.attempt.queries.paper_rows import PaperRow, dashed
from quiz.contest.models import Participant, ParticipantVersion, Round

Ints = npt.NDArray[np.int64]
NONE = np.iinfo(np.int64).min
"""The value that stands for None in a column of whole numbers."""
NO_ENTRY, ELSEWHERE = -1, -2
"""Instead of the place of an entry's paper: no entry, and a paper that is not one of the round."""
MANY = 10
"""The people of a contest to one of a round, up to which all of the contest are read in their order."""


@dataclass(frozen=True)
class RoundPeople:
    """The people of the papers of a round, and others of its contest; `unit_at_close` is where they count.

    `order` is the place of each in the order of their refs, `entry` the place of the paper that is their stored entry,
    `binding` the guess of the entry. `bloc` is 0 where the contest has none.
    """

    refs: list[str]
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

    `ids` are text as the database gives them, `person` is a place in the columns of `people`, `mode` one in `MODES`,
    `sheet` one in `texts`, the different answers as stored, or `NONE`. Moments are whole milliseconds since 1970.
    """

    people: RoundPeople
    texts: list[str]
    ids: list[str]
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
            _one(self.correct, at),
            _one(self.duration_ms, at),
            self.texts[sheet] if sheet != NONE else None,
            _one(self.guess, at),
            int(people.unit_at_close[person]),
            None if entry == NO_ENTRY else self.ids[entry] if entry != ELSEWHERE else "",
            _one(people.binding, person),
            int(people.bloc[person]) or None,
        )

    def has_mode(self, modes: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Return which papers have one of *modes*."""
        return np.isin(self.mode, [MODES.index(mode) for mode in modes])


@without_collections()
def read_papers(session: Session, round: Round) -> RoundPapers:
    """Return the papers of *round*; this reads alone."""
    session.flush()
    ids, blocks = _read_people(session, round)
    person_at = {id: at for at, id in enumerate(ids)}
    papers = _read_attempts(session, round, person_at)
    paper_at = {id: at for at, id in enumerate(papers[0])}
    sheet, guess, texts = _read_sheets(session, round, paper_at)
    entry, binding = _read_entries(session, round, person_at, paper_at)
    unit_id, bloc, is_rehearsal = map(ints, blocks)
    unit_at_close = unit_id.copy()
    for id, then in _units_at_close(session, round).items():
        if id in person_at:
            unit_at_close[person_at[id]] = then
    people = RoundPeople(
        list(map(dashed, ids)),
        _order_of(ids),
        unit_id,
        unit_at_close,
        bloc,
        is_rehearsal.astype(np.bool_),
        entry,
        binding,
    )
    return RoundPapers(people, texts, *papers, sheet, guess)


def _order_of(ids: Sequence[str]) -> Ints:
    """Return the place of each id in their order."""
    halves = np.frombuffer(bytes.fromhex("".join(ids).replace("-", "")), ">u8").reshape(-1, 2)
    order = np.empty(len(ids), np.int64)
    order[np.lexsort((halves[:, 1], halves[:, 0]))] = np.arange(len(ids))
    return order


def _read_people(session: Session, round: Round) -> tuple[list[str], list[list[Any]]]:
    """Return the ids of the people, and their units, blocs and whether they are of rehearsals."""
    query = select(
        IdText(Participant.id), Participant.unit_id, func.coalesce(Participant.bloc, 0), Participant.is_rehearsal
    )
    ids, *columns = _all(session, query.where(*people_of(session, round)), 4)
    return ids, columns


def people_of(session: Session, round: Round) -> list[ColumnElement[bool]]:
    """Return the condition for the participants who may have papers in *round*: those of the contest in their order, or
    those of the papers where these are few.
    """
    entered = select(Attempt.participant_id).where(Attempt.round_id == round.id)
    some = session.scalar(select(func.count()).select_from(entered.subquery())) or 0
    all = session.scalar(select(func.count()).where(Participant.contest_id == round.contest_id)) or 0
    if some * MANY < all:
        return [Participant.id.in_(entered)]
    return stored_between(session, Participant, Participant.contest_id, round.contest_id)


Attempts = tuple[list[str], Ints, Ints, Ints, Ints, Ints, Ints, Ints]
"""The columns of attempts, those of `RoundPapers` from `ids` on."""


def _read_attempts(session: Session, round: Round, person_at: Mapping[str, int]) -> Attempts:
    query = select(
        IdText(Attempt.id),
        IdText(Attempt.participant_id),
        Attempt.ordinal,
        Attempt.mode,
        StoredMoment(Attempt.started_at),
        StoredMoment(Attempt.submitted_at),
        Attempt.correct,
        Attempt.duration_ms,
    ).where(*stored_between(session, Attempt, Attempt.round_id, round.id))
    modes = {mode: at for at, mode in enumerate(MODES)}
    ids: list[str] = []
    parts: list[tuple[Ints, ...]] = [(ints(()),) * 7]
    for mine, who, ordinals, mode, started, submitted, correct, took in read_blocks(session, query):
        ids += mine
        person, kind = list(map(person_at.__getitem__, who)), list(map(modes.__getitem__, mode))
        moments = _moments(started), _moments(submitted)
        parts.append((ints(person), ints(ordinals), ints(kind), *moments, ints(correct), ints(took)))
    at, ordinal, kinds, begun, ended, right, took_ms = map(np.concatenate, zip(*parts, strict=True))
    return ids, at, ordinal, kinds, begun, ended, right, took_ms


def _moments(column: Sequence[Any]) -> Ints:
    """Return stored moments as whole milliseconds; numpy's missing moment has the number of `NONE`."""
    if any(isinstance(each, int) for each in column):
        return ints(column)
    return np.array(column, "datetime64[ms]").astype(np.int64)


def _read_sheets(session: Session, round: Round, paper_at: Mapping[str, int]) -> tuple[Ints, Ints, list[str]]:
    """Return the answers and the guess of each paper, and the different answers."""
    query = select(IdText(AnswerSheet.attempt_id), AnswerSheet.answers, AnswerSheet.guess)
    if not is_most(session, AnswerSheet, len(paper_at)):
        make_room(session)
        query = query.join(AnswerSheet.attempt).where(*stored_between(session, Attempt, Attempt.round_id, round.id))
    known: dict[str, int] = {}
    sheet, guess = np.full(len(paper_at), NONE, np.int64), np.full(len(paper_at), NONE, np.int64)
    for ids, answers, guesses in read_blocks(session, query):
        at = np.array([paper_at.get(id, -1) for id in ids], np.int64)
        mine = at >= 0
        numbers = [known.setdefault(text, len(known)) if text else NONE for text in compress(answers, mine.tolist())]
        sheet[at[mine]], guess[at[mine]] = numbers, ints(guesses)[mine]
    return sheet, guess, list(known)


def _read_entries(
    session: Session, round: Round, person_at: Mapping[str, int], paper_at: Mapping[str, int]
) -> tuple[Ints, Ints]:
    """Return the paper and the guess of the stored entry of each person."""
    entry, binding = np.full(len(person_at), NO_ENTRY, np.int64), np.full(len(person_at), NONE, np.int64)
    query = select(IdText(Entry.participant_id), IdText(Entry.attempt_id), Entry.guess)
    for who, attempts, guesses in read_blocks(
        session, query.where(*stored_between(session, Entry, Entry.round_id, round.id))
    ):
        at = ints(list(map(person_at.__getitem__, who)))
        entry[at] = ints([paper_at.get(id, ELSEWHERE) for id in attempts])
        binding[at] = ints(guesses)
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


def _all(session: Session, query: Select[*tuple[Any, ...]], columns: int) -> list[list[Any]]:
    """Return the columns of all rows of *query*."""
    found: list[list[Any]] = [[] for _ in range(columns)]
    for some in read_blocks(session, query):
        for column, values in zip(found, some, strict=True):
            column += values
    return found


def ints(column: Sequence[int | None]) -> Ints:
    """Return whole numbers as an array, None as `NONE`."""
    if None in column:
        column = [NONE if each is None else each for each in column]
    return np.array(column, np.int64)


def optional(column: Ints) -> list[int | None]:
    """Return an array as whole numbers, `NONE` as None."""
    plain: list[int | None] = column.tolist()
    return [None if each == NONE else each for each in plain] if (column == NONE).any() else plain


def _one(column: Ints, at: int) -> int | None:
    return None if column[at] == NONE else int(column[at])
