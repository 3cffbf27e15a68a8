"""Record that an account took a file with opened names."""

from datetime import datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from quiz.contest.models import Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.rules.actions import QuizAction


def record_file_taken(session: Session, actor: Actor, round: Round, *, file: str, people: int, now: datetime) -> None:
    """Write the audit entry of a *file* (its name) that gives the opened names of so many *people* of a round.

    Names that the public reads anyway need none; a file without names is not recorded.
    """
    if people:
        record(session, actor, QuizAction.FILE_TAKE, of_round(round), after={"file": file, "people": people}, now=now)
