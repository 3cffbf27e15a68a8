"""Let further units enter a contest: freely before the first registration, afterwards by a visible amendment."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from commune.models import OWN_KINDS, Unit
from commune.queries.headcount import latest_headcounts
from core.values.week import local_date
from quiz.attempt.operations.amending import NotAmendable, can_amend, list_movable
from quiz.attempt.operations.amending_headcounts import NoRoundAhead, first_with_notice
from quiz.attempt.operations.editing import AlreadyDeclared, may_redeclare
from quiz.attempt.operations.lifecycle import lock_contest
from quiz.contest.models import Contest, ContestHeadcount, ContestUnit, Round, RulesAmendment
from quiz.contest.operations.audit_subjects import changed, facts_of, of_contest
from quiz.contest.queries.headcounts import counted
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.headcounts import HeadcountChange
from quiz.contest.rules.joining import compete, divides_villages


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


class OtherHeadcounts(Exception):
    """The headcounts of the units are others than those that the approver read."""


class NoneToJoin(Exception):
    """Each of the units is in the contest already, or no round is left to take part in."""


class DividesVillages(Exception):
    """Villages of one commune compete with each other, and would become one line if another commune joined."""


class RivalsNotSaid(Exception):
    """Units would join that compete for the same prizes, and the requester did not say so."""


@dataclass(frozen=True)
class Joining:
    """Units that would join a contest, and the round from which on their people take part."""

    units: Sequence[Unit]
    first: Round
    widens: bool
    """Whether they compete with those who are in it for the same prizes."""


def plan_joining(contest: Contest, joining: Sequence[Unit], now: datetime) -> Joining:
    """Return from when on *joining* take part in *contest*: the first round that is not over, for rivals the first that
    opens after `NOTICE`; none before its own commune does (decision 0111).

    Raises:
        NoneToJoin: there are none, or no round is left.
        NoRoundAhead: rivals would join, and no round opens late enough.
    """
    movable, widens = list_movable(contest, now), brings_rivals(contest, joining)
    if not joining or not movable:
        raise NoneToJoin
    first = first_with_notice(contest, now) if widens else movable[0]
    if first is None:
        raise NoRoundAhead
    homes = {unit.parent_id for unit in joining if unit.kind in OWN_KINDS}
    since = max([first.number, *(each.from_round for each in contest.units if each.unit_id in homes)])
    return Joining(joining, next(each for each in contest.rounds if each.number == since), widens)


def brings_rivals(contest: Contest, joining: Collection[Unit]) -> bool:
    """Return whether *joining* compete for prizes with those who are in *contest*: whole communes do, and the villages,
    agencies and schools of one commune where they compete with each other for prizes of units.
    """
    if any(unit.kind not in OWN_KINDS for unit in joining):
        return True
    return bool(contest.collective_tiers) and compete(
        [each.unit_id for each in contest.units], *_lying(contest, joining)
    )


def check_joining(
    session: Session, contest: Contest, units: Collection[Unit], *, now: datetime, says_rivals: bool = False
) -> Joining:
    """Return those of *units* that would join *contest*, and from when on.

    Raises:
        NotAmendable: no one has registered yet, or the contest is a draft, in rehearsal or called off.
        NoneToJoin: they are in it already, or no round is left.
        NoRoundAhead: rivals would join, and no round opens late enough.
        DividesVillages: the villages of one commune would no longer compete with each other.
        RivalsNotSaid: rivals would join, and the requester did not *say* that there will be more *rivals*.
    """
    if not can_amend(session, contest):
        raise NotAmendable
    there = {each.unit_id for each in contest.units}
    joining = [unit for unit in units if unit.id not in there]
    if joining and divides(contest, joining):
        raise DividesVillages
    found = plan_joining(contest, joining, now)
    if found.widens and not says_rivals:
        raise RivalsNotSaid
    return found


def divides(contest: Contest, joining: Collection[Unit]) -> bool:
    """Return whether *joining* would end the contest between the villages of one commune."""
    return divides_villages([each.unit_id for each in contest.units], *_lying(contest, joining))


def _lying(contest: Contest, joining: Collection[Unit]) -> tuple[list[int], dict[int, int]]:
    """Return the ids of *joining*, and the commune of each village, agency and school with them in *contest*."""
    units = [*(each.unit for each in contest.units), *joining]
    homes = {unit.id: unit.parent_id for unit in units if unit.kind in OWN_KINDS and unit.parent_id}
    return [unit.id for unit in joining], homes


def join_units(
    session: Session,
    actor: Actor,
    contest: Contest,
    units: Collection[Unit],
    *,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
    seen: Sequence[HeadcountChange] | None = None,
    says_rivals: bool = False,
) -> RulesAmendment:
    """Let the people of *units* enter a contest that has begun; none leaves it, none changes its name.

    Everybody reads it as an amendment with their headcounts, from the round on that `check_joining` says. Boards of
    rounds before it have no one of these units. *approval* is the second person's, None where one person decides alone;
    *seen* the headcounts that they read.

    Raises:
        NotAmendable, NoneToJoin, NoRoundAhead, DividesVillages, RivalsNotSaid: as `check_joining` does.
        OtherHeadcounts: the headcounts are no longer as *seen*.
    """
    lock_contest(session, contest)
    found, about = check_joining(session, contest, units, now=now, says_rivals=says_rivals), of_contest(contest)
    joining, first = found.units, found.first
    counts = joining_headcounts(session, joining, now)
    if seen is not None and set(seen) != set(counts):
        raise OtherHeadcounts
    approval = approval or approve_alone(session, actor, QuizAction.UNITS_JOIN, about, reason=reason, now=now)
    names = [unit.name for unit in joining]
    contest.units.extend(ContestUnit(unit_id=unit.id, from_round=first.number) for unit in joining)
    made = RulesAmendment(contest_id=contest.id, number=_next_number(session, contest), from_round=first.number)
    made.before = made.after = first.rules
    made.units, made.widens, made.headcounts = names, found.widens, [each.to_dict() for each in counts] or None
    made.reason, made.made_at, made.approval = reason, now, approval
    _store(session, made, counts)
    after = {"entering": ", ".join(names), "from_round": first.number, **agreement(approval)}
    record(session, actor, QuizAction.UNITS_JOIN, about, after=after, reason=reason, now=now)
    return made


def joining_headcounts(session: Session, units: Collection[Unit], now: datetime) -> list[HeadcountChange]:
    """Return the headcounts that *units* would bring into a contest, in the order of the units."""
    found = latest_headcounts(session, [unit.id for unit in units], local_date(now))
    return [HeadcountChange(unit.id, unit.name, None, counted(found[unit.id])) for unit in units if unit.id in found]


def _store(session: Session, made: RulesAmendment, counts: Sequence[HeadcountChange]) -> None:
    session.add(made)
    for each in counts:
        count = {"people": each.after.people, "as_of": each.after.as_of, "source": each.after.source}
        session.merge(ContestHeadcount(contest_id=made.contest_id, unit_id=each.unit_id, from_round=1, **count))
    session.flush()


def _next_number(session: Session, contest: Contest) -> int:
    numbers = select(func.max(RulesAmendment.number)).where(RulesAmendment.contest_id == contest.id)
    return (session.scalar(numbers) or 0) + 1
