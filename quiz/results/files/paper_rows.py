"""The counted papers of a round as rows of a sheet, so that anybody can rank them again; no person is in it."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import attrgetter

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from quiz.contest.models import Round
from quiz.results.models import Result
from quiz.results.queries.papers import count_guesses, list_unranked, read_moments, stream_ranked
from quiz.results.rules.answers import FEWEST
from quiz.results.rules.papers import CountedPaper


def paper_rows(session: Session, round: Round, result: Result) -> Iterator[Sequence[object]]:
    """Yield the head and then the rows in the order of ranks, those without a rank last; equal ones by their figures.

    Guesses of a few are left out, as on the page. A tie is in memory at a time, and the moments of all papers.
    """
    yield [_("Hạng"), _("Câu đúng"), _("Giây"), _("Dự đoán"), _("Thứ tự nộp")]
    others = list_unranked(session, round, result)
    late = {each.submitted_ms for each in others if each.submitted_ms is not None}
    moments = sorted({*read_moments(session, result), *late}) if late else read_moments(session, result)
    guesses = count_guesses(session, result) + sum(each.guess is not None for each in others)
    for paper in chain(_by_figures(stream_ranked(session, result)), sorted(others, key=_figures)):
        yield _row(paper, moments, has_guesses=guesses >= FEWEST)


def _by_figures(papers: Iterable[CountedPaper]) -> Iterator[CountedPaper]:
    """Yield the papers of one rank by their figures: their order in the standings is that of people."""
    for _rank, tie in groupby(papers, key=attrgetter("rank")):
        yield from sorted(tie, key=_figures)


def _row(paper: CountedPaper, moments: Sequence[int], *, has_guesses: bool) -> Sequence[object]:
    seconds = None if paper.duration_ms is None else paper.duration_ms / 1000
    guess = paper.guess if has_guesses else None
    turn = None if paper.submitted_ms is None else bisect_left(moments, paper.submitted_ms) + 1
    return ["" if cell is None else cell for cell in (paper.rank, paper.correct, seconds, guess, turn)]


def _figures(paper: CountedPaper) -> tuple[int, int, int]:
    return (-paper.correct, paper.duration_ms or 0, paper.guess or 0)
