"""Let further units enter a contest: freely before the first registration, afterwards by a visible amendment."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from commune.models import Unit
from quiz.attempt.operations.amending import NotAmendable, can_amend, list_movable
from quiz.attempt.operations.editing import AlreadyDeclared, may_redeclare
from quiz.attempt.operations.lifecycle import lock_contest
from quiz.contest.models import Contest, ContestUnit, RulesAmendment
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


class NoneToJoin(Exception):
    """Each of the units is in the contest already, or no round is left to take part in."""


def check_joining(session: Session, contest: Contest, units: Collection[Unit], *, now: datetime) -> list[Unit]:
    """Return those of *units* that would join *contest*.

    Raises:
        NotAmendable: no one has registered yet, or the contest is a draft, in rehearsal or called off.
        NoneToJoin: they are in it already, or no round is left.
    """
    if not can_amend(session, contest):
        raise NotAmendable
    there = {each.unit_id for each in contest.units}
    joining = [unit for unit in units if unit.id not in there]
    if not joining or not list_movable(contest, now):
        raise NoneToJoin
    return joining


def join_units(
    session: Session,
    actor: Actor,
    contest: Contest,
    units: Collection[Unit],
    *,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
) -> RulesAmendment:
    """Let the people of *units* enter a contest that has begun; none leaves it, none changes its name.

    Everybody reads it as an amendment, from the first round on that is not over. Boards of rounds before it have no one
    of these units. *approval* is the second person's, None where one person decides alone.

    Raises:
        NotAmendable, NoneToJoin: as `check_joining` does.
    """
    lock_contest(session, contest)
    joining, about = check_joining(session, contest, units, now=now), of_contest(contest)
    approval = approval or approve_alone(session, actor, QuizAction.UNITS_JOIN, about, reason=reason, now=now)
    contest.units.extend(ContestUnit(unit_id=unit.id) for unit in joining)
    first, names = list_movable(contest, now)[0], [unit.name for unit in joining]
    made = RulesAmendment(
        contest_id=contest.id,
        number=_next_number(session, contest),
        from_round=first.number,
        before=first.rules,
        after=first.rules,
        units=names,
        reason=reason,
        made_at=now,
        approval=approval,
    )
    _store(session, made)
    after = {"entering": ", ".join(names), "from_round": first.number, **agreement(approval)}
    record(session, actor, QuizAction.UNITS_JOIN, about, after=after, reason=reason, now=now)
    return made


def _store(session: Session, made: RulesAmendment) -> None:
    session.add(made)
    session.flush()


def _next_number(session: Session, contest: Contest) -> int:
    numbers = select(func.max(RulesAmendment.number)).where(RulesAmendment.contest_id == contest.id)
    return (session.scalar(numbers) or 0) + 1
