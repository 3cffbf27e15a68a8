"""Count everything of a round anew from its papers, which are read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
from sqlalchemy.orm import Session

from core.values.columns import NONE, Ints, ints, optional
from quiz.attempt.models import SHEETS, TIMED, UNDATED
from quiz.attempt.queries.paper import find_paper
from quiz.attempt.queries.paper_rows import DAYS, HOUR_MS, PaperRow, submitted_row
from quiz.attempt.queries.round_papers import RoundPapers, read_papers
from quiz.attempt.rules.commitment import read_answers
from quiz.attempt.rules.counting import PersonCount, count_person
from quiz.attempt.rules.entry import EntryColumns
from quiz.attempt.rules.scoring import count_correct
from quiz.contest.models import Round
from quiz.contest.rules.presets import Rules

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
    times: Ints = field(default_factory=lambda: ints(()))
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


class ChosenPaper(NamedTuple):
    """The paper that counts for a person, by its place, and the guess that binds."""

    place: int
    guess: int | None


class CountingRules(NamedTuple):
    """The rules by which the papers of a round are counted: declared ones, number of questions, time limit."""

    declared: Rules
    size: int
    limit_ms: int


def rules_of(round: Round) -> CountingRules:
    """Return what the papers of *round* are counted by."""
    return CountingRules(round.declared, round.asked, round.limit_seconds * 1000)


def recount(session: Session, round: Round) -> Recount:
    """Count *round* as `recount_papers` does, from what is stored; this reads alone."""
    key = find_paper(session, round.id, round.paper_version).key
    return recount_papers(read_papers(session, round), rules_of(round), key)


def recount_papers(papers: RoundPapers, rules: CountingRules, key: Mapping[str, frozenset[str]]) -> Recount:
    """Mark every submitted paper again by *key*, count each person anew, and compare both with what is stored.

    The ranking takes the stored marks and entries: a difference is for a person to look into. A sheet's own scores are
    not compared, since they may come from judges. Someone erased while the round was open has turns and no entry.
    """
    found, (singles, others), chosen = Recount(), people_of(papers), list[ChosenPaper]()
    wrong = _wrong_marks(papers, key)
    found.wrong += [wrong[at] for at in singles[np.isin(singles, list(wrong))].tolist()]
    count_singles(found, papers, singles, rules)
    for places in others:
        found.wrong += [wrong[at] for at in places if at in wrong]
        chosen += _count_person(found, papers, places, rules)
    enter_all(found, papers, singles, chosen, rules)
    return found


def people_of(papers: RoundPapers) -> tuple[Ints, list[list[int]]]:
    """Return the submitted papers of people with one that is their entry, and those of each other, without rehearsals.

    The former are counted by columns; `count_person` would say the same of them.
    """
    places = papers.counted
    who = papers.person[places]
    is_alone = np.bincount(who, minlength=len(papers.people.refs))[who] == 1
    is_entry = papers.people.entry[who] == places
    is_single = is_alone & is_entry & (papers.people.binding[who] == papers.guess[places])
    others: dict[int, list[int]] = {}
    for person, place in zip(who[~is_single].tolist(), places[~is_single].tolist(), strict=True):
        others.setdefault(person, []).append(place)
    return places[is_single], [others[person] for person in sorted(others, key=papers.people.order.__getitem__)]


def _mark(text: str, key: Mapping[str, frozenset[str]]) -> int:
    return count_correct({question: frozenset(letters) for question, letters in read_answers(text).items()}, key)


def _wrong_marks(papers: RoundPapers, key: Mapping[str, frozenset[str]]) -> dict[int, str]:
    """Return the counted papers whose stored mark is not that of their answers, each in words."""
    marks = np.array([_mark(text, key) for text in papers.texts], np.int64)
    at = papers.counted
    at = at[(papers.sheet[at] != NONE) & ~papers.has_mode(SHEETS)[at]]
    right = marks[papers.sheet[at]]
    is_wrong = right != papers.correct[at]
    found = zip(at[is_wrong].tolist(), papers.correct[at][is_wrong].tolist(), right[is_wrong].tolist(), strict=True)
    return {place: f"paper {papers.ids[place]}: stored {stored}, marked {mark}" for place, stored, mark in found}


def count_singles(found: Recount, papers: RoundPapers, places: Ints, rules: CountingRules) -> None:
    """Count the turns of people whose only paper is their entry."""
    who, correct = papers.person[places], papers.correct[places]
    hours = papers.submitted_ms[places] // HOUR_MS
    cells = np.stack([papers.people.unit_at_close[who], hours, papers.people.bloc[who]])
    turns = _places(cells)
    found.turns += turns
    found.people += turns
    found.perfect += _places(cells[:, correct == rules.size])


def enter_all(
    found: Recount, papers: RoundPapers, singles: Ints, others: Sequence[ChosenPaper], rules: CountingRules
) -> None:
    """Make the papers that count for *singles* and *others* the entries, in the order of people, and count them."""
    places = np.concatenate([singles, ints([each.place for each in others])])
    guess = np.concatenate([papers.guess[singles], ints([each.guess for each in others])])
    order = np.argsort(papers.people.order[papers.person[places]])
    places, guess = places[order], guess[order]
    who, took, correct = papers.person[places], papers.duration_ms[places], papers.correct[places]
    is_timed, is_undated = papers.has_mode(TIMED)[places], papers.has_mode([UNDATED])[places]
    refs = papers.people.refs.take(who)
    found.entries = EntryColumns(
        refs,
        np.where(correct == NONE, 0, correct),
        np.where(is_timed, took, rules.limit_ms),
        guess,
        np.where(is_undated, NONE, papers.submitted_ms[places]),
        papers.people.bloc[who],
        papers.ids.take(places),
    )
    sheets = np.bincount(papers.sheet[places][papers.sheet[places] != NONE], minlength=len(papers.texts))
    found.papers.update({text: count for text, count in zip(papers.texts, sheets.tolist(), strict=True) if count})
    found.marks, found.guesses = _counted(correct), _counted(guess)
    found.times = took[is_timed & (took != NONE)]
    found.from_sheets = set(refs.take(papers.has_mode(SHEETS)[places]))


def _places(cells: Ints) -> Counter[Place]:
    """Count equal columns of units, hours and blocs, by the days of the hours."""
    found = Counter[Place]()
    for (unit_id, hour, bloc), count in zip(*_together(cells), strict=True):
        found[unit_id, DAYS[hour], bloc] += count
    return found


def _together(cells: Ints) -> tuple[list[list[int]], list[int]]:
    """Return the different columns of *cells* and how often each comes."""
    code = np.zeros(cells.shape[1], np.int64)
    for row in cells:
        values, at = np.unique(row, return_inverse=True)
        code = code * len(values) + at
    _codes, first, counts = np.unique(code, return_index=True, return_counts=True)
    return cells[:, first].T.tolist(), counts.tolist()


def _counted(column: Ints) -> Counter[int | None]:
    values, counts = np.unique(column, return_counts=True)
    return Counter(dict(zip(optional(values), counts.tolist(), strict=True)))


def _count_person(
    found: Recount, papers: RoundPapers, places: Sequence[int], rules: CountingRules
) -> Iterator[ChosenPaper]:
    """Count a person by the rules, compare the entry with the stored one, and yield that."""
    rows = list(map(papers.row, places))
    count, first = count_turns(found, rows, rules), rows[0]
    if first.counted is None:
        return
    if (count.entry.ref, count.guess) != (first.counted, first.binding):
        found.wrong.append(f"entry {first.counted}, {first.binding}: counted {count.entry.ref}, {count.guess}")
    yield from (ChosenPaper(at, row.binding) for at, row in zip(places, rows, strict=True) if row.id == row.counted)


def count_turns(found: Recount, rows: Sequence[PaperRow], rules: CountingRules) -> PersonCount:
    """Count the papers of a person by the rules, add them to the counts by unit, day and bloc, and return the count."""
    count = count_person([submitted_row(row, rules.limit_ms) for row in rows], rules.declared, rules.size)
    _tally(found, rows[0], count)
    return count


def _tally(found: Recount, row: PaperRow, count: PersonCount) -> None:
    for day, (turns, people, perfect) in count.days.items():
        place = row.unit_id, day, row.bloc or 0
        found.turns[place] += turns
        if row.counted is not None:
            found.people[place] += people
            found.perfect[place] += perfect
