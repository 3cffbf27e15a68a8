"""Decide one round from a sheet's rows: accepted attempts, counted entries, turnout by unit, standings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from quiz.attempt.rules.counting import bound_guess, counted
from quiz.attempt.rules.sheet_paper import Person, SheetPaper
from quiz.contest.rules.presets import Rules
from quiz.results.rules.ranking import GuessedNumber, Standing, rank, target_of

_LAST = 1 << 62


@dataclass(frozen=True, slots=True)
class SheetTurnout:
    """Turns and people of one unit (its key)."""

    unit: str
    turns: int
    people: int


@dataclass(frozen=True)
class SheetOutcome:
    """The result of a round. `refused` are papers beyond the allowed tries, `moved` those of another unit than their
    person's counted entry.
    """

    turns: int
    people: int
    right: int
    turnout: list[SheetTurnout]
    standings: list[Standing]
    refused: list[SheetPaper]
    moved: list[SheetPaper]
    target: GuessedNumber | None = None


def decide(papers: Iterable[SheetPaper], rules: Rules, questions: int) -> SheetOutcome:
    """Count and rank a round by its rules.

    Attempts beyond `rules.tries` are refused, the latest first. A turn counts
    for the unit its row names, a person for the unit of the counted entry. `right` are people
    whose counted entry has all `questions` right, and none when there are no questions.
    Needs refs that sort in the order of the rows. No papers give zeros; raises nothing.
    """
    standing, refused = _within_tries(papers, rules.tries)
    chosen = [_counted_paper(attempts, rules) for attempts in standing]
    right = sum(1 for paper in chosen if 0 < questions <= paper.entry.correct)
    turns = Counter(paper.unit for attempts in standing for paper in attempts)
    people = Counter(paper.unit for paper in chosen)
    turnout = [SheetTurnout(unit, count, people[unit]) for unit, count in turns.items()]
    target = target_of(rules, perfect=right, people=len(chosen))
    return SheetOutcome(
        turns=turns.total(),
        people=len(chosen),
        right=right,
        turnout=sorted(turnout, key=lambda line: (-line.turns, -line.people, line.unit)),
        standings=rank([paper.entry for paper in chosen], rules.order, target),
        target=target,
        refused=refused,
        moved=[
            paper
            for attempts, own in zip(standing, chosen, strict=True)
            for paper in attempts
            if paper.unit != own.unit
        ],
    )


def _within_tries(papers: Iterable[SheetPaper], tries: int | None) -> tuple[list[list[SheetPaper]], list[SheetPaper]]:
    """Return each person's accepted attempts in the order of submission, and the attempts beyond the allowed tries."""
    by_person: dict[Person, list[SheetPaper]] = {}
    for paper in papers:
        by_person.setdefault(paper.person, []).append(paper)
    refused: list[SheetPaper] = []
    for attempts in by_person.values():
        if len(attempts) > 1:
            attempts.sort(key=_handed_in)
            refused += attempts[tries:] if tries is not None else []
            del attempts[len(attempts) if tries is None else tries :]
    return list(by_person.values()), refused


def _handed_in(paper: SheetPaper) -> tuple[int, str]:
    moment = paper.entry.submitted_ms
    return (_LAST if moment is None else moment, paper.entry.ref)


def _counted_paper(attempts: Sequence[SheetPaper], rules: Rules) -> SheetPaper:
    if len(attempts) == 1:
        return attempts[0]
    entries = [paper.entry for paper in attempts]
    best = counted(entries, rules.counts)
    own = attempts[entries.index(best)]
    return replace(own, entry=replace(best, guess=bound_guess(entries, best, rules.guess_binds)))
