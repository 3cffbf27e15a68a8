"""The counted papers of a round as rows of a sheet, so that anybody can rank them again; no person is in it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import attrgetter

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from quiz.boards.queries.papers import count_guesses, list_unranked, read_moments, stream_ranked, with_moments
from quiz.boards.rules.papers import CountedPaper
from quiz.contest.labels.guesses import GuessWords, guess_words
from quiz.contest.models import Round
from quiz.results.models import Result
from quiz.results.rules.answers import FEWEST


def paper_rows(session: Session, round: Round, result: Result) -> Iterator[Sequence[object]]:
    """Yield the head and then the rows in the order of ranks, those without a rank last; equal ones by their figures.

    Guesses of a few are left out, as on the page; a percentage has its decimals. Each bloc has ranks of its own and is
    named in a first column. A tie is in memory at a time, and the moments of all papers.
    """
    words, blocs = guess_words(round.declared, result.target_people), round.contest.blocs
    named = [_("Đối tượng dự thi")] if blocs else []
    guessed = _("Dự đoán, phần trăm") if words.is_percent else _("Dự đoán")
    yield [*named, _("Hạng"), _("Câu đúng"), _("Giây"), guessed, _("Thứ tự nộp")]
    others = list_unranked(session, round, result)
    late = (each.submitted_ms for each in others if each.submitted_ms is not None)
    moments = with_moments(read_moments(session, result), late)
    guesses = count_guesses(session, result) + sum(each.guess is not None for each in others)
    for paper in chain(_by_figures(stream_ranked(session, result)), sorted(others, key=_figures)):
        mine = [round.contest.bloc_name(paper.bloc)] if blocs else []
        yield [*mine, *_row(paper, moments, words if guesses >= FEWEST else None)]


def _by_figures(papers: Iterable[CountedPaper]) -> Iterator[CountedPaper]:
    """Yield the papers of one rank by their figures: their order in the standings is that of people."""
    for _rank, tie in groupby(papers, key=attrgetter("bloc", "rank")):
        yield from sorted(tie, key=_figures)


def _row(paper: CountedPaper, moments: Sequence[int], words: GuessWords | None) -> Sequence[object]:
    """Return the cells of a paper; without *words* its guess is left out."""
    seconds = None if paper.duration_ms is None else paper.duration_ms / 1000
    guess = words.sheet(paper.guess) if words and paper.guess is not None else None
    turn = None if paper.submitted_ms is None else bisect_left(moments, paper.submitted_ms) + 1
    return ["" if cell is None else cell for cell in (paper.rank, paper.correct, seconds, guess, turn)]


def _figures(paper: CountedPaper) -> tuple[int, int, int, int]:
    return (paper.bloc or 0, -paper.correct, paper.duration_ms or 0, paper.guess or 0)
