"""Count everything of a round anew from its papers, which are read once, in the order of people."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from quiz.attempt.models import SHEETS, TIMED
from quiz.attempt.queries.paper import find_paper
from quiz.attempt.queries.paper_rows import DAYS, HOUR_MS, PaperRow, add_rows, dashed, people_of, submitted_row
from quiz.attempt.rules.commitment import read_answers
from quiz.attempt.rules.counting import PersonCount, count_person
from quiz.attempt.rules.entry import EntryColumns
from quiz.attempt.rules.scoring import count_correct
from quiz.contest.models import Round

TEXTS_KEPT = 1_000_000
"""Different papers whose marks are remembered; the others are marked again. The texts are kept anyway."""
MOST_NAMED = 20
"""The most papers that a list of differences names one by one."""
Place = tuple[int, date, int]
"""A unit, a day in Vietnam, and a bloc, 0 without blocs."""


@dataclass
class Recount:
    """The counted entries of a round for ranking, and all that is counted from its papers.

    `from_sheets` are the participants whose paper came by sheet. `papers` is how many counted papers have these
    answers, as stored. `times` are the milliseconds that people took themselves. `turns`, `people` and `perfect` are
    counts by unit, day and bloc, all-correct people the last.
    """

    entries: EntryColumns = field(default_factory=EntryColumns)
    from_sheets: set[str] = field(default_factory=set)
    turns: Counter[Place] = field(default_factory=Counter)
    people: Counter[Place] = field(default_factory=Counter)
    perfect: Counter[Place] = field(default_factory=Counter)
    papers: Counter[str] = field(default_factory=Counter)
    marks: Counter[int | None] = field(default_factory=Counter)
    guesses: Counter[int | None] = field(default_factory=Counter)
    times: array[int] = field(default_factory=lambda: array("q"))
    wrong: list[str] = field(default_factory=list)
    """Papers whose mark, and people whose counted paper, differ from what is stored, in words; normally none."""

    @property
    def cells(self) -> dict[Place, tuple[int, int, int]]:
        """Turns, people and all-correct people by unit, day and bloc."""
        return {at: (turns, self.people[at], self.perfect[at]) for at, turns in self.turns.items()}

    @property
    def differences(self) -> list[str]:
        """The first of `wrong`, and how many more there are."""
        more = len(self.wrong) - MOST_NAMED
        return self.wrong[:MOST_NAMED] + ([f"{more} more papers"] if more > 0 else [])


def recount(session: Session, round: Round) -> Recount:
    """Mark every submitted paper of *round* again, count each person anew, and compare both with what is stored.

    The ranking takes the stored marks and entries: a difference is for a person to look into. A sheet's own scores are
    not compared, since they may come from judges. Someone erased while the round was open has turns and no entry.

    People with one paper, which is their entry, are counted by columns; `count_person` would say the same of them.
    """
    session.flush()
    found, marks = Recount(), _Marks(find_paper(session, round.id, round.paper_version).key)
    for singles, others in people_of(session, round):
        _compare(found, marks, singles)
        count_singles(found, singles, round)
        for rows in others:
            _compare(found, marks, rows)
            _count_person(found, rows, round)
    found.entries = found.entries.in_order()
    return found


class _Marks(dict[str, int]):
    """The marks of papers by their stored text; most papers of a round are alike."""

    def __init__(self, key: Mapping[str, frozenset[str]]) -> None:
        super().__init__()
        self._key = key

    def __missing__(self, text: str) -> int:
        chosen = {question: frozenset(letters) for question, letters in read_answers(text).items()}
        mark = count_correct(chosen, self._key)
        if len(self) < TEXTS_KEPT:
            self[text] = mark
        return mark


def _compare(found: Recount, marks: _Marks, rows: Iterable[PaperRow]) -> None:
    found.wrong += [
        f"paper {id}: stored {correct}, marked {marks[answers]}"
        for _who, id, _ordinal, mode, _ms, correct, _took, answers, *_rest in rows
        if answers and mode not in SHEETS and marks[answers] != correct
    ]


def count_singles(found: Recount, rows: Sequence[PaperRow], round: Round) -> None:
    """Count people whose only paper is their entry."""
    if not rows:
        return
    add_rows(found.entries, rows, round.limit_seconds * 1000)
    who, _ids, _ordinals, modes, moments, correct, took, answers, guesses, units, *_entry, blocs = zip(
        *rows, strict=True
    )
    days = [DAYS[moment // HOUR_MS] for moment in moments]
    places = list(zip(units, days, [bloc or 0 for bloc in blocs], strict=True))
    size = round.asked
    found.turns.update(places)
    found.people.update(places)
    found.perfect.update(place for place, right in zip(places, correct, strict=True) if right == size)
    _count_papers(found, correct, guesses, answers)
    found.times.extend(ms for ms, mode in zip(took, modes, strict=True) if ms is not None and mode in TIMED)
    found.from_sheets.update(dashed(id) for id, mode in zip(who, modes, strict=True) if mode in SHEETS)


def _count_papers(
    found: Recount, correct: Iterable[int | None], guesses: Iterable[int | None], answers: Iterable[str | None]
) -> None:
    found.marks.update(correct)
    found.guesses.update(guesses)
    found.papers.update(filter(None, answers))


def _count_person(found: Recount, rows: Sequence[PaperRow], round: Round) -> None:
    """Count a person by the rules, and compare the entry with the stored one."""
    count, first = count_turns(found, rows, round), rows[0]
    if first.counted is None:
        return
    if (count.entry.ref, count.guess) != (first.counted, first.binding):
        found.wrong.append(f"entry {first.counted}, {first.binding}: counted {count.entry.ref}, {count.guess}")
    stored = next((row for row in rows if row.id == first.counted), None)
    if stored is not None:
        enter(found, stored, round)


def count_turns(found: Recount, rows: Sequence[PaperRow], round: Round) -> PersonCount:
    """Count the papers of a person by the rules, add them to the counts by unit, day and bloc, and return the count."""
    count = count_person([submitted_row(row, round.limit_seconds * 1000) for row in rows], round.declared, round.asked)
    _tally(found, rows[0], count)
    return count


def _tally(found: Recount, row: PaperRow, count: PersonCount) -> None:
    for day, (turns, people, perfect) in count.days.items():
        place = row.unit_id, day, row.bloc or 0
        found.turns[place] += turns
        if row.counted is not None:
            found.people[place] += people
            found.perfect[place] += perfect


def enter(found: Recount, row: PaperRow, round: Round) -> None:
    """Add a paper as the entry of its person, with its binding guess."""
    add_rows(found.entries, [row._replace(guess=row.binding)], round.limit_seconds * 1000)
    _count_papers(found, [row.correct], [row.binding], [row.answers])
    if row.mode in SHEETS:
        found.from_sheets.add(dashed(row.participant))
    if row.mode in TIMED and row.duration_ms is not None:
        found.times.append(row.duration_ms)
