"""Rank an office's sheet by one preset: the figures, the standings and the problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.sheets.datetimes import iso_moment
from core.translation import gettext
from core.values.text import N_
from quiz.attempt.files.missing import missing_columns
from quiz.attempt.files.papers import Papers, RankedPerson
from quiz.attempt.files.ranked import read_papers
from quiz.attempt.rules.sheet_paper import SheetPaper
from quiz.bank.files.answer_key import read_key
from quiz.contest.labels.guesses import GuessWords, guess_words
from quiz.contest.rules.presets import Rules, Ties
from quiz.contest.rules.prizes import Tier
from quiz.results.rules.prizes import Award, award, may_win
from quiz.results.rules.ranking import Standing
from quiz.results.rules.sheet_round import SheetOutcome, decide

_NO_UNIT = N_("(chưa ghi đơn vị)")
_FIRST_PRIZE = Tier(N_("Giải Nhất"), 1)
_TOO_MANY = N_("đã dự thi ở dòng %(first)s; quá %(tries)s lượt cho phép, không tính lượt.")
_MOVED = N_("ghi đơn vị “%(unit)s”, khác đơn vị của bài được tính; lượt này tính cho đơn vị đã ghi.")
_AT_ROW = N_("Dòng %(row)s: %(text)s")


@dataclass(frozen=True)
class RankReport:
    """A ranked sheet: its rules, the outcome, the identity behind each ref, and problems to look at."""

    rules: Rules
    questions: int
    outcome: SheetOutcome
    identities: dict[str, RankedPerson]
    unit_names: dict[str, str]
    unit_keys: dict[str, str]
    winners: list[Award]
    problems: list[str]
    blocs: dict[int, str] = field(default_factory=dict)
    """The names of the blocs by number, where they are ranked apart."""

    @property
    def guesses(self) -> GuessWords:
        """The words for its guesses."""
        return guess_words(self.rules, self.outcome.target and self.outcome.target.people)

    def fronts(self, top: int | None) -> list[list[Standing]]:
        """Return the first *top* standings of each bloc; of all together without blocs."""
        every = self.outcome.standings
        return [[one for one in every if one.entry.bloc == bloc][:top] for bloc in self.blocs] or [every[:top]]

    def name_of(self, standing: Standing) -> str:
        return self.identities[standing.entry.ref].name


def make_report(
    path: Path,
    rules: Rules,
    key: Path | None = None,
    questions: int | None = None,
    *,
    sums_near: bool = False,
    by_bloc: bool = False,
) -> RankReport:
    """Read the sheet and decide the round. Raises SheetError when a file can't be used."""
    answers = read_key(key) if key else None
    papers = read_papers(path, rules, answers, questions, sums_near=sums_near, by_bloc=by_bloc)
    outcome = decide(papers.papers, rules, papers.questions)
    return RankReport(
        rules=rules,
        questions=papers.questions,
        outcome=outcome,
        identities=papers.identities,
        unit_names={key: group.shown or _NO_UNIT for key, group in papers.units.items()},
        unit_keys=papers.unit_keys,
        winners=award(
            may_win(outcome.standings, rules, size=papers.questions, barred=papers.barred),
            [_FIRST_PRIZE],
            rules.ties,
            most=rules.most_sharing,
        ),
        problems=_problems(papers, outcome, rules),
        blocs=papers.bloc_names,
    )


def to_json(report: RankReport, top: int | None) -> dict[str, object]:
    """Return the report as `flask quiz rank --json` prints it; `top` cuts the standings, None keeps them whole."""
    outcome = report.outcome
    return {
        "turns": outcome.turns,
        "people": outcome.people,
        "right": outcome.right,
        "turnout": [
            {"unit": report.unit_names[line.unit], "turns": line.turns, "people": line.people}
            for line in outcome.turnout
        ],
        "standings": [_standing(report, standing) for front in report.fronts(top) for standing in front],
        "problems": report.problems,
    }


def unit_of(report: RankReport, standing: Standing) -> str:
    """Return the unit of a standing in its most frequent spelling."""
    return report.unit_names[report.unit_keys[report.identities[standing.entry.ref].unit]]


def is_drawn(report: RankReport) -> bool:
    """Whether the first prize waits for the public draw."""
    return report.rules.ties is Ties.DRAW and any(one.needs_draw for one in report.winners)


def _standing(report: RankReport, standing: Standing) -> dict[str, object]:
    entry, identity, words = standing.entry, report.identities[standing.entry.ref], report.guesses
    return {
        "rank": standing.rank,
        "name": identity.name,
        "phone": identity.phone,
        "unit": unit_of(report, standing),
        "correct": entry.correct,
        "seconds": None if entry.duration_ms is None else entry.duration_ms // 1000,
        "guess": None if entry.guess is None else words.sheet(entry.guess),
        "submitted_at": None if entry.submitted_ms is None else iso_moment(entry.submitted_ms),
        "decided_by": standing.decided_by.value if standing.decided_by else None,
        **({"bloc": report.blocs[entry.bloc or 0]} if report.blocs else {}),
    }


def _problems(papers: Papers, outcome: SheetOutcome, rules: Rules) -> list[str]:
    """Return notes on the whole file, then row by row."""
    notes = [*missing_columns(papers.missing, rules), *papers.notes]
    rows = [*papers.errors, *papers.problems, *_refused(papers, outcome, rules), *_moved(papers, outcome.moved)]
    return notes + [gettext(_AT_ROW, row=row, text=text) for row, text in sorted(rows)]


def _refused(papers: Papers, outcome: SheetOutcome, rules: Rules) -> list[tuple[int, str]]:
    refused = {paper.person for paper in outcome.refused}
    late = {paper.entry.ref for paper in outcome.refused}
    first: dict[tuple[str, ...], int] = {}
    for paper in papers.papers:
        if paper.person in refused and paper.entry.ref not in late:
            first.setdefault(paper.person, papers.numbers[paper.entry.ref])
    return [
        (papers.numbers[paper.entry.ref], gettext(_TOO_MANY, first=first[paper.person], tries=rules.tries))
        for paper in outcome.refused
    ]


def _moved(papers: Papers, moved: Sequence[SheetPaper]) -> list[tuple[int, str]]:
    rows = [(papers.numbers[paper.entry.ref], papers.identities[paper.entry.ref].unit) for paper in moved]
    return [(row, gettext(_MOVED, unit=unit)) for row, unit in rows if unit]
