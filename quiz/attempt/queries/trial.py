"""Find the trial of a contest, and count its papers."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.attempt.models import Attempt
from quiz.contest.models import Contest


def find_trial(session: Session, contest: Contest) -> Contest | None:
    """Return the trial of *contest*."""
    return session.scalar(select(Contest).where(Contest.trial_of_id == contest.id))


def count_papers(session: Session, trial: Contest) -> int:
    """Return how many papers of *trial* were submitted."""
    mine = (Attempt.round_id == trial.rounds[0].id, Attempt.submitted_at.is_not(None))
    return session.scalar(select(func.count()).select_from(Attempt).where(*mine)) or 0
