"""The counted papers of a round as rows of a sheet, so that anybody can rank them again; no person is in it."""

from collections.abc import Iterable, Iterator, Mapping

from flask_babel import gettext as _

from quiz.contest.labels.guesses import GuessWords
from quiz.results.rules.answers import FEWEST
from quiz.results.rules.papers import CountedPaper


def paper_rows(
    papers: Iterable[CountedPaper], words: GuessWords, blocs: Mapping[int, str] | None = None
) -> Iterator[list[object]]:
    """Yield the rows in the order of ranks, those without a rank last; equal ones by their figures alone.

    Guesses of a few are left out, as on the page; *words* give a percentage with its decimals.
    Each of the *blocs* has ranks of its own and is named in a first column.
    """
    found = sorted(papers, key=_order)
    moments = sorted({each.submitted_ms for each in found if each.submitted_ms is not None})
    turn = {moment: at for at, moment in enumerate(moments, 1)}
    has_guesses = sum(each.guess is not None for each in found) >= FEWEST
    named = [_("Đối tượng dự thi")] if blocs else []
    guessed = _("Dự đoán, phần trăm") if words.is_percent else _("Dự đoán")
    yield [*named, _("Hạng"), _("Câu đúng"), _("Giây"), guessed, _("Thứ tự nộp")]
    for each in found:
        seconds = None if each.duration_ms is None else each.duration_ms / 1000
        guess = words.sheet(each.guess) if has_guesses and each.guess is not None else None
        row = (each.rank, each.correct, seconds, guess, turn.get(each.submitted_ms or 0))
        of = [blocs.get(each.bloc or 0, "")] if blocs else []
        yield [*of, *("" if cell is None else cell for cell in row)]


def _order(paper: CountedPaper) -> tuple[int, bool, int, int, int, int]:
    return (
        paper.bloc or 0,
        paper.rank is None,
        paper.rank or 0,
        -paper.correct,
        paper.duration_ms or 0,
        paper.guess or 0,
    )
