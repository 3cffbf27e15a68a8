"""The organiser's pages of contests; the wings above look up contests and rounds here."""

from flask import Blueprint, abort, url_for

from account.views.current import needs_second
from core.web.access import scope, scope_of
from core.web.error_links import BackLink
from core.web.extensions import db
from quiz.contest import queries as contests
from quiz.contest.models import Contest, Round

blueprint = Blueprint("quiz_manage", "quiz", url_prefix="/quan-tri/cuoc-thi")


def contest_or_404(slug: str) -> Contest:
    """Return the contest at *slug* if it belongs to one of the account's units, else abort with 404."""
    return contests.find_contest(db.session, slug, scope()) or abort(404)


def asks_second(contest: Contest) -> bool:
    """Whether a sensitive action in *contest* needs a second person; in a trial only where that is practised too."""
    return needs_second() and (not contest.is_trial or bool(contest.trial_asks))


def may_practise(contest: Contest) -> bool:
    """Whether *contest* is a trial in which the second person's step can be practised."""
    return contest.is_trial and needs_second()


def back_link(slug: str) -> BackLink | None:
    """Return the page of a contest of the account's units, for error pages below its address."""
    found = contests.find_contest(db.session, slug, scope_of("contest.see"))
    return BackLink(found.title, url_for("quiz_manage.contest", slug=slug)) if found else None


def round_or_404(slug: str, number: int) -> Round:
    """Return a round of such a contest, else abort with 404."""
    return contests.find_round(db.session, contest_or_404(slug), number) or abort(404)
