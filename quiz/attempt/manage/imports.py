"""The pages that import a sheet of papers into a round."""

from flask import url_for

from core.web.importing import Back, ImportPages
from quiz.attempt.files.imports import PaperSheets
from quiz.attempt.manage.import_approval import hold
from quiz.contest.labels.rounds import round_words
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round


def back(round: Round) -> Back:
    """Return the link to the page of the round."""
    words = f"{round.contest.title}, {round_words(round)}"
    return Back(url_for("quiz_manage.round", slug=round.contest.slug, number=round.number), words)


PAGES = ImportPages(
    kind=PaperSheets,
    permission="contest.manage",
    find=round_or_404,
    back=back,
    hold=hold,
)
PAGES.add_to(blueprint, "/<slug>/tuan/<int:number>/nhap-bai")
