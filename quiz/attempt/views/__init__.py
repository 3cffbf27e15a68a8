"""The pages of people who take part, and how every public page finds its contest."""

from flask import abort

from core.web.arrival import arrived_at
from core.web.extensions import db
from quiz.attempt.operations.rehearsal import end_overdue
from quiz.contest import queries as contests
from quiz.contest.models import Contest


def contest_or_404(slug: str) -> Contest:
    """The contest at *slug*; a draft is not there.

    A rehearsal whose time is over ends here at the latest, or it would hide a real week.
    """
    found = contests.find_shown_contest(db.session, slug) or abort(404)
    if not found.is_rehearsal or not end_overdue(db.session, arrived_at()):
        return found
    db.session.commit()
    return contests.find_shown_contest(db.session, slug) or abort(404)
