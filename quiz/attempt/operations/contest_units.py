"""Let further units enter a contest, while its declared settings may still change."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from quiz.attempt.operations.editing import AlreadyDeclared, may_redeclare
from quiz.attempt.operations.lifecycle import lock_contest
from quiz.contest.models import Contest, ContestUnit
from quiz.contest.operations.audit_subjects import changed, facts_of, of_contest
from quiz.contest.rules.actions import QuizAction


def enter_units(
    session: Session,
    actor: Actor,
    contest: Contest,
    *,
    add: Collection[int] = (),
    drop: Collection[int] = (),
    now: datetime,
) -> None:
    """Let the people of the units *add* enter *contest*, and no longer choose those of *drop*; audit the difference.

    Raises:
        AlreadyDeclared: somebody has registered, or the contest is in rehearsal or called off.
    """
    lock_contest(session, contest)
    if not may_redeclare(session, contest):
        raise AlreadyDeclared
    was, there = facts_of(contest), {each.unit_id for each in contest.units}
    contest.units = [each for each in contest.units if each.unit_id not in drop]
    contest.units.extend(ContestUnit(unit_id=id) for id in add if id not in there)
    session.flush()
    session.refresh(contest)
    before, after = changed(was, facts_of(contest))
    if before:
        record(session, actor, QuizAction.CONTEST_EDIT, of_contest(contest), before=before, after=after, now=now)
