"""Read the papers of a frozen round once, in the order of people, and count everything anew from them."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import String, and_, cast, select
from sqlalchemy.orm import Session

from core.values.week import local_date
from quiz.attempt.models import SHEETS, TIMED, AnswerSheet, Attempt, Entry
from quiz.attempt.queries.attempt import AttemptResult, value_of
from quiz.attempt.queries.paper import find_paper
from quiz.attempt.queries.turns import units_at_close
from quiz.attempt.rules.commitment import read_answers
from quiz.attempt.rules.counting import PersonCount, SubmittedAttempt, count_person
from quiz.attempt.rules.entry import EntryValue
from quiz.attempt.rules.scoring import count_correct
from quiz.contest.models import Participant, Round

ROWS_AT_ONCE = 5_000
TEXTS_KEPT = 50_000
"""Different papers whose marks are remembered; the others are marked again."""
MOST_NAMED = 20
"""The most papers that a list of differences names one by one."""


@dataclass
class Recount:
    """The counted entries of a round for ranking, and all that is counted from its papers.

    `attempts` is the counted attempt by participant, both ids as text; `from_sheets` are the participants whose paper
    came by sheet. `cells` is turns, people and all-correct people by unit and day. `papers` is how many counted papers
    have these answers, as stored. `times` are the milliseconds that people took themselves.
    """

    values: list[EntryValue] = field(default_factory=list)
    attempts: dict[str, str] = field(default_factory=dict)
    from_sheets: set[str] = field(default_factory=set)
    cells: dict[tuple[int, date], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    papers: Counter[str] = field(default_factory=Counter)
    marks: Counter[int | None] = field(default_factory=Counter)
    guesses: Counter[int | None] = field(default_factory=Counter)
    times: array[int] = field(default_factory=lambda: array("q"))
    wrong: list[str] = field(default_factory=list)
    """Papers whose mark, and people whose counted paper, differ from what is stored, in words; normally none."""

    @property
    def differences(self) -> list[str]:
        """The first of `wrong`, and how many more there are."""
        more = len(self.wrong) - MOST_NAMED
        return self.wrong[:MOST_NAMED] + ([f"{more} more papers"] if more > 0 else [])


def recount(session: Session, round: Round) -> Recount:
    """Mark every submitted paper of *round* again, count each person anew, and compare both with what is stored.

    The ranking takes the stored marks and entries: a difference is for a person to look into. A sheet's own scores are
    not compared, since they may come from judges. Someone erased while the round was open has turns and no entry.
    """
    session.flush()
    found, marker = Recount(), _Marker(find_paper(session, round.id, round.paper_version).key)
    size, rules = round.asked, round.declared
    at_close = {str(id): unit_id for id, unit_id in units_at_close(session, round).items()}
    for _who, group in groupby(_read(session, round), key=itemgetter(0)):
        rows = list(group)
        attempts = [_submitted(row, round) for row in rows]
        count = count_person(attempts, rules, size)
        unit_id = at_close.get(dashed(rows[0][0]), rows[0].unit_id) if at_close else rows[0].unit_id
        _tally(found, unit_id, count, is_entered=rows[0].counted is not None)
        _compare(found, marker, rows)
        if rows[0].counted is not None:
            _enter(found, rows, attempts, (count.entry.ref, count.guess))
    return found


def _read(session: Session, round: Round) -> Iterator[Any]:
    mine = and_(Entry.round_id == Attempt.round_id, Entry.participant_id == Attempt.participant_id)
    query = (
        select(
            cast(Attempt.participant_id, String),
            cast(Attempt.id, String).label("id"),
            Attempt.ordinal,
            Attempt.mode,
            Attempt.submitted_at,
            Attempt.correct,
            Attempt.duration_ms,
            AnswerSheet.answers,
            AnswerSheet.guess,
            Participant.unit_id,
            cast(Entry.attempt_id, String).label("counted"),
            Entry.guess.label("binding"),
        )
        .join(Participant, Participant.id == Attempt.participant_id)
        .outerjoin(AnswerSheet, AnswerSheet.attempt_id == Attempt.id)
        .outerjoin(Entry, mine)
        .where(Attempt.round_id == round.id, Attempt.submitted_at.is_not(None), Participant.is_rehearsal.is_(False))
        .order_by(Attempt.participant_id)
    )
    yield from session.execute(query, execution_options={"yield_per": ROWS_AT_ONCE})


class _Marker:
    """Marks papers by their stored text; most papers of a round are alike."""

    def __init__(self, key: Mapping[str, frozenset[str]]) -> None:
        self._key, self._known = key, dict[str, int]()

    def mark(self, text: str) -> int:
        """Return the number of right answers."""
        mark = self._known.get(text)
        if mark is None:
            chosen = {question: frozenset(letters) for question, letters in read_answers(text).items()}
            mark = count_correct(chosen, self._key)
            if len(self._known) < TEXTS_KEPT:
                self._known[text] = mark
        return mark


def _tally(found: Recount, unit_id: int, count: PersonCount, *, is_entered: bool) -> None:
    for day, (turns, people, perfect) in count.days.items():
        cell = found.cells[unit_id, day]
        cell[0] += turns
        if is_entered:
            cell[1] += people
            cell[2] += perfect


def _compare(found: Recount, marker: _Marker, rows: list[Any]) -> None:
    for row in rows:
        if row.answers and row.mode not in SHEETS and (mark := marker.mark(row.answers)) != row.correct:
            found.wrong.append(f"paper {row.id}: stored {row.correct}, marked {mark}")


def _enter(found: Recount, rows: list[Any], attempts: list[SubmittedAttempt], chosen: tuple[str, int | None]) -> None:
    """Add the stored entry of a person, and compare it with the *chosen* attempt and guess."""
    at = next((at for at, row in enumerate(rows) if row.id == row.counted), None)
    if at is None or chosen != (rows[at].counted, rows[at].binding):
        found.wrong.append(f"entry {rows[0].counted}, {rows[0].binding}: counted {chosen[0]}, {chosen[1]}")
    if at is None:
        return
    row, ref = rows[at], dashed(rows[at][0])
    found.values.append(replace(attempts[at].entry, ref=ref, guess=row.binding))
    found.attempts[ref] = row.id
    found.marks[row.correct] += 1
    found.guesses[row.binding] += 1
    if row.mode in SHEETS:
        found.from_sheets.add(ref)
    if row.mode in TIMED and row.duration_ms is not None:
        found.times.append(row.duration_ms)
    if row.answers:
        found.papers[row.answers] += 1


def _submitted(row: Any, round: Round) -> SubmittedAttempt:
    paper = AttemptResult(row[0], row.mode, row.submitted_at, row.correct, row.duration_ms)
    value = replace(value_of(paper, row.guess, round), ref=row.id)
    return SubmittedAttempt(value, local_date(row.submitted_at or round.opens_at), row.ordinal)


def dashed(id: str) -> str:
    """Return a stored id as `str(UUID)` writes it; SQLite stores the digits alone.

    >>> dashed("0123456789abcdef0123456789abcdef")
    '01234567-89ab-cdef-0123-456789abcdef'
    """
    return id if "-" in id else f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"
