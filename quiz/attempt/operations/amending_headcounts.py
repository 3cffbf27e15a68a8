"""Give a contest that has begun other headcounts: visibly, for a reason, for rounds that have not opened."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from commune.queries.headcount import headcounts_on, latest_headcounts
from core.values.numbers import thousands
from core.values.week import local_date
from quiz.attempt.operations.amending import NotAmendable, can_amend, list_amendable
from quiz.attempt.operations.lifecycle import lock_contest
from quiz.contest.models import Contest, ContestHeadcount, Round, RulesAmendment
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.queries import list_contest_units
from quiz.contest.queries.headcounts import counted, headcounts_of
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.amendments import NOTICE
from quiz.contest.rules.headcounts import HeadcountChange


class NoRoundAhead(Exception):
    """No round opens late enough for the notice, and they are no corrections before the last results."""


class SameHeadcounts(Exception):
    """None of the units has another headcount, or they have changed since they were read."""


def first_with_notice(contest: Contest, now: datetime) -> Round | None:
    """Return the first round that opens so late that a change for it is published `NOTICE` before; None without one."""
    return next((round for round in list_amendable(contest, now) if round.opens_at >= now + NOTICE), None)


def takes_corrections(contest: Contest) -> bool:
    """Return whether wrong headcounts of the last round may still be corrected: its results are not published."""
    return contest.rounds[-1].published_at is None


def _first_round(contest: Contest, changes: Collection[HeadcountChange], now: datetime) -> Round:
    """Return the first round that uses *changes*: one that is announced `NOTICE` before, else the last one for
    corrections alone (decision 0113).
    """
    first = first_with_notice(contest, now)
    if first is not None:
        return first
    if not takes_corrections(contest) or not all(each.is_correction for each in changes):
        raise NoRoundAhead
    return contest.rounds[-1]


def list_newer(session: Session, contest: Contest, now: datetime) -> list[HeadcountChange]:
    """Return the units of *contest*, and their communes, whose newest headcount differs from the one it uses, in
    Vietnamese order; those that its later rounds use already are left out.

    Once no round opens late enough for a newer one, the figure of the day in use stands for it where that differs: a
    newer one hides no correction.
    """
    units = {each.id: each for unit in list_contest_units(session, contest) for each in (unit, unit.parent) if each}
    day, last = local_date(now), contest.rounds[-1].number
    used = headcounts_of(session, contest, units, day, last)
    latest = {unit_id: counted(each) for unit_id, each in latest_headcounts(session, units, day).items()}
    if first_with_notice(contest, now) is None:
        same_day = headcounts_on(session, {unit_id: count.as_of for unit_id, count in used.items()})
        latest |= {id: counted(each) for id, each in same_day.items() if counted(each) != used[id]}
    changes = [
        HeadcountChange(unit_id, units[unit_id].label, used.get(unit_id), count)
        for unit_id, count in latest.items()
        if used.get(unit_id) != count
    ]
    return sorted(changes, key=lambda each: units[each.unit_id].sort_key)


def check_headcounts(
    session: Session, contest: Contest, changes: Collection[HeadcountChange], *, now: datetime
) -> Round:
    """Return the first round in which *changes* would hold.

    Raises:
        NotAmendable: no one has registered yet, or the contest is a draft, in rehearsal or called off.
        NoRoundAhead: no round opens late enough, and they are no corrections before the last results.
        SameHeadcounts: nothing changes, or one of *changes* is no longer as it was read.
    """
    if not can_amend(session, contest):
        raise NotAmendable
    first = _first_round(contest, changes, now)
    if not changes or not set(changes) <= set(list_newer(session, contest, now)):
        raise SameHeadcounts
    return first


def amend_headcounts(
    session: Session,
    actor: Actor,
    contest: Contest,
    changes: Sequence[HeadcountChange],
    *,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
) -> RulesAmendment:
    """Let *contest* use the headcounts of *changes* from the first round on that opens after `NOTICE`, and record it.

    Without such a round a figure that was wrong is corrected for the last one. Source: decisions 0104 and 0113. Boards
    of earlier rounds keep theirs; the boards of the whole contest and the prizes of
    units use those of its last round. *approval* is the second person's, None where one person decides alone.

    Raises:
        NotAmendable, NoRoundAhead, SameHeadcounts: as `check_headcounts` does.
    """
    lock_contest(session, contest)
    first, about = check_headcounts(session, contest, changes, now=now), of_contest(contest)
    action = QuizAction.HEADCOUNTS_AMEND
    approval = approval or approve_alone(session, actor, action, about, reason=reason, now=now)
    made = RulesAmendment(contest_id=contest.id, number=_next_number(session, contest), from_round=first.number)
    made.before = made.after = first.rules
    made.headcounts, made.reason = [each.to_dict() for each in changes], reason
    made.made_at, made.approval = now, approval
    session.add(made)
    _store(session, contest, first.number, changes)
    was, then = ({"headcounts": _written(changes, then=each)} for each in (False, True))
    after = {**then, "from_round": first.number, **agreement(approval)}
    record(session, actor, action, about, before=was, after=after, reason=reason, now=now)
    return made


def _store(session: Session, contest: Contest, number: int, changes: Sequence[HeadcountChange]) -> None:
    for each in changes:
        count = {"people": each.after.people, "as_of": each.after.as_of, "source": each.after.source}
        row = ContestHeadcount(contest_id=contest.id, unit_id=each.unit_id, from_round=number, **count)
        session.merge(row)  # an earlier amendment for the same round that has not opened
    session.flush()


def _written(changes: Sequence[HeadcountChange], *, then: bool) -> str:
    counts = [(each.name, each.after if then else each.before) for each in changes]
    return "; ".join(f"{name}: {thousands(count.people) if count else '–'}" for name, count in counts)


def _next_number(session: Session, contest: Contest) -> int:
    numbers = select(func.max(RulesAmendment.number)).where(RulesAmendment.contest_id == contest.id)
    return (session.scalar(numbers) or 0) + 1
