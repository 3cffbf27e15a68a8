"""Answer somebody who opens the address of a paper that was sent, from the history of a browser or by a reload."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from quiz.contest.views import SENT, blueprint, contest_or_404


@blueprint.get("/<slug>/nop-bai")
@blueprint.get("/<slug>/giu-bai")
def sent_paper(slug: str) -> Response:
    """Lead to the look-up of a paper, which says whether it was received."""
    contest_or_404(slug)
    return redirect(f"{url_for('quiz.result')}?{SENT}=1", 303)
