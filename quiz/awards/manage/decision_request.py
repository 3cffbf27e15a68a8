"""The request for a decision on prizes of a whole contest, as its page shows it."""

from sqlalchemy.orm import Session

from account.labels import STATE
from account.models import Approval
from account.views.current import link_to, present_account
from core.web.rooms import declared
from quiz.contest.manage import asks_second
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.results.manage.exclusion import refused, waiting


def request_words(contest: Contest, action: QuizAction) -> dict[str, object]:
    """Return what the page says of the request to decide by *action*, and who may decide."""
    about = of_contest(contest)
    asked = waiting(about, action)
    return {
        "asked": asked,
        "refused": None if asked else refused(about, action, contest.rounds[0].opens_at),
        "needs_second": asks_second(contest),
        "me": present_account(),
        "link_to": link_to,
        "action_label": declared().audit_actions,
        "state_label": STATE,
    }


def contest_of(session: Session, approval: Approval) -> Contest:
    """Return the contest that a request is about."""
    return session.get_one(Contest, approval.details["contest"])
