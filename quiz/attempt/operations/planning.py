"""Confirm the steps of a plan, one after another."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor
from commune.models import Unit
from quiz.attempt.operations.editing import edit_contest
from quiz.contest.models import Contest
from quiz.contest.operations.contest import ContestPlan
from quiz.contest.rules.planning import BIT, PlanStep


def confirm_step(
    session: Session,
    actor: Actor,
    contest: Contest,
    step: PlanStep,
    unit: Unit,
    entering: Collection[Unit],
    plan: ContestPlan,
    *,
    drops: bool = False,
    now: datetime,
) -> None:
    """Store *plan* as `edit_contest` does, and that its *step* was confirmed. Raises as `edit_contest` does."""
    edit_contest(session, actor, contest, unit, entering, plan, drops=drops, now=now)
    contest.plan_steps |= BIT[step]
    session.flush()
