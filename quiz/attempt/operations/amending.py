"""Amend a contest that has begun, visibly and for a reason: rules and prizes from a round on that has not opened, dates
of rounds that are not over.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from quiz.attempt.operations.editing import may_redeclare
from quiz.attempt.operations.lifecycle import lock_contest
from quiz.contest.models import Contest, Round, RulesAmendment
from quiz.contest.models.contest import new_version
from quiz.contest.operations.audit_subjects import law_of, of_contest, plan_facts
from quiz.contest.operations.contest import replace_prizes
from quiz.contest.queries import span_of
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.amendments import (
    NOTICE,
    NOTICED,
    DateRefusal,
    DeclaredPlan,
    Loss,
    losses,
    moments,
    refuse_dates,
    rule_losses,
    tiers_to_json,
)
from quiz.contest.rules.plan import Mistake, PlannedRound, mistakes
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.schedule import held_day


class NotAmendable(Exception):
    """The rules can still be edited, or the contest is called off or in rehearsal."""


class RoundHasOpened(Exception):
    """The first round of the amendment has opened, or does not exist."""


class UnitPrizesFixed(Exception):
    """Prizes of units would change when no round opens after `NOTICE` any more: it is known who leads."""


class SeasonPrizesFixed(Exception):
    """Prizes for the whole contest would change when no round opens after `NOTICE` any more: it is known who leads."""


class SeasonFixed(Exception):
    """The rounds would add up otherwise when one is closed, in a contest whose prizes go by the sum: it is known who
    leads by which way.
    """


class LaterRules(Exception):
    """A later round declares other rules by an earlier amendment, which this one would undo."""


class SameRules(Exception):
    """The rules are those that hold already."""


class DatesRefused(Exception):
    """The dates of a round do not change so; carries its number and the reason."""

    def __init__(self, number: int, why: DateRefusal | Mistake) -> None:
        super().__init__(number, why)
        self.number, self.why = number, why


class LossNotSaid(Exception):
    """Something becomes worse for the participants, and the requester did not say so; carries what does."""

    def __init__(self, found: list[Loss]) -> None:
        super().__init__(found)
        self.found = found


class LateLoss(Exception):
    """Something becomes worse in a round that opens within `NOTICE`; carries what, that round, and the first round for
    which there is time (None without one).
    """

    def __init__(self, found: list[Loss], round: Round, later: Round | None) -> None:
        super().__init__(found, round, later)
        self.found, self.round, self.later = found, round, later


class OtherEligibility(Exception):
    """An amendment would change who can take a prize, which people have registered by."""


def can_amend(session: Session, contest: Contest) -> bool:
    """Return whether the rules of *contest* change by an amendment alone: it is public and somebody has registered."""
    if contest.is_draft or contest.called_off_at is not None or contest.is_rehearsal:
        return False
    return not may_redeclare(session, contest)


def list_amendable(contest: Contest, now: datetime) -> list[Round]:
    """Return the rounds from which an amendment may begin: those that have not opened, after every earlier one."""
    return [round for round in contest.rounds if round.opens_at > now and not round.is_frozen]


@dataclass(frozen=True)
class Declaration:
    """The rules of a round that a contest declares, with its dates and prizes; None for a plan that stays."""

    rules: Rules
    plan: DeclaredPlan | None = None


def list_movable(contest: Contest, now: datetime) -> list[Round]:
    """Return the rounds whose dates may change: those that are not over, an open one only for longer."""
    return [round for round in contest.rounds if round.closes_at > now and not round.is_frozen]


def plan_of(contest: Contest) -> DeclaredPlan:
    """Return the present dates and prizes of *contest*."""
    return DeclaredPlan(
        {round.number: span_of(round) for round in contest.rounds},
        tuple(tier.value for tier in contest.tiers),
        tuple(tier.value for tier in contest.collective_tiers),
        tuple(tier.value for tier in contest.season_tiers),
    )


def rules_from(contest: Contest, from_round: int, now: datetime) -> Rules:
    """Return the rules that hold from a round on that has not opened; those of the contest where it has."""
    first = next((round for round in list_amendable(contest, now) if round.number == from_round), None)
    return first.declared if first else Rules.from_dict(contest.rules)


def check_amendment(
    session: Session, contest: Contest, from_round: int, after: Declaration, *, now: datetime, says_losses: bool = False
) -> Declaration:
    """Return what *after* would replace: rules and prizes of people from the round with this number on, and the dates.

    Raises:
        NotAmendable, RoundHasOpened, SameRules, OtherEligibility, LaterRules, DatesRefused, UnitPrizesFixed,
            SeasonPrizesFixed, SeasonFixed, LateLoss, LossNotSaid: the amendment is not possible; the last one unless
            the requester *says_losses*.
    """
    if not can_amend(session, contest):
        raise NotAmendable
    first = next((round for round in list_amendable(contest, now) if round.number == from_round), None)
    was = plan_of(contest)
    rules, plan = rules_from(contest, from_round, now), after.plan or was
    if first is None and (rules != after.rules or plan.tiers != was.tiers or plan == was):
        raise RoundHasOpened
    if rules.eligibility is not after.rules.eligibility:
        raise OtherEligibility
    if rules == after.rules and plan == was:
        raise SameRules
    if rules != after.rules and any(each.declared != rules for each in contest.rounds if each.number > from_round):
        raise LaterRules
    _check_dates(contest, was, plan, now)
    _check_whole(contest, was, plan, now)
    if (was.season or plan.season) and rules.season != after.rules.season and contest.rounds[0].is_frozen:
        raise SeasonFixed
    found = losses(was, plan, earlier_wins=rules.earlier_wins) + rule_losses(rules, after.rules)
    _check_notice(contest, first, plan, found, now)
    if not says_losses and found:
        raise LossNotSaid(found)
    return Declaration(rules, was)


def _check_whole(contest: Contest, was: DeclaredPlan, plan: DeclaredPlan, now: datetime) -> None:
    """Refuse other prizes for the whole contest once no round opens after `NOTICE`; source: decision 0105."""
    if _ahead(contest, plan, now):
        return
    if plan.collective != was.collective:
        raise UnitPrizesFixed
    if plan.season != was.season:
        raise SeasonPrizesFixed


def _check_notice(contest: Contest, first: Round | None, plan: DeclaredPlan, found: list[Loss], now: datetime) -> None:
    """Refuse what becomes worse in a round that opens within `NOTICE` by the dates of *plan*; source: decision 0105."""
    late = [loss for loss in found if loss in NOTICED]
    ahead = _ahead(contest, plan, now)
    if late and first not in ahead:
        raise LateLoss(late, first or contest.rounds[-1], ahead[0] if ahead else None)


def _ahead(contest: Contest, plan: DeclaredPlan, now: datetime) -> list[Round]:
    """Return the rounds that open so late, by the dates of *plan*, that a change is published `NOTICE` before."""
    return [each for each in list_amendable(contest, now) if plan.spans[each.number].opens_at >= now + NOTICE]


def _check_dates(contest: Contest, before: DeclaredPlan, after: DeclaredPlan, now: datetime) -> None:
    """Refuse dates that a round can't take by itself, then an order or an overlap that the moves make."""
    if not before.moved(after):
        return
    for round in contest.rounds:
        was, then = before.spans[round.number], after.spans.get(round.number, before.spans[round.number])
        why = refuse_dates(was, then, is_frozen=round.is_frozen, now=now)
        if why is not None:
            raise DatesRefused(round.number, why)
    planned = [
        PlannedRound(after.spans.get(round.number, span_of(round)), round.name, round.same_week)
        for round in contest.rounds
    ]
    for at, mistake in mistakes(planned):
        raise DatesRefused(contest.rounds[at].number, mistake)


def amend_rules(
    session: Session,
    actor: Actor,
    contest: Contest,
    from_round: int,
    after: Declaration,
    *,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
    seen: Declaration | None = None,
    says_losses: bool = False,
) -> RulesAmendment:
    """Give the rounds from *from_round* on other rules and prizes, and rounds other dates; keep and record it.

    Source: decisions 0073 and 0088. *approval* is the second person's, None where one person decides alone; *seen* what
    the approver read as that which held before.

    Raises:
        NotAmendable, RoundHasOpened, SameRules, OtherEligibility, LaterRules, DatesRefused, UnitPrizesFixed,
            SeasonPrizesFixed, SeasonFixed, LateLoss, LossNotSaid: as `check_amendment` does.
    """
    lock_contest(session, contest)
    about = of_contest(contest)
    before = check_amendment(session, contest, from_round, after, now=now, says_losses=says_losses)
    if seen is not None and seen != (before if after.plan else Declaration(before.rules)):
        raise SameRules
    approval = approval or approve_alone(session, actor, QuizAction.RULES_AMEND, about, reason=reason, now=now)
    amendment = RulesAmendment(from_round=from_round, reason=reason, made_at=now, approval=approval)
    _apply(session, contest, amendment, before, after)
    was = {"law": law_of(before.rules), **plan_facts(before.plan if after.plan else None)}
    then = {"law": law_of(after.rules), **plan_facts(after.plan)}
    then |= {"from_round": amendment.from_round, **agreement(approval)}
    record(session, actor, QuizAction.RULES_AMEND, about, before=was, after=then, reason=reason, now=now)
    return amendment


def _apply(
    session: Session, contest: Contest, amendment: RulesAmendment, before: Declaration, after: Declaration
) -> None:
    """Store *amendment* with its number, and what it changes in the contest and its rounds."""
    number = session.scalar(select(func.max(RulesAmendment.number)).where(RulesAmendment.contest_id == contest.id)) or 0
    amendment.contest_id, amendment.number = contest.id, number + 1
    amendment.before, amendment.after = before.rules.to_dict(), after.rules.to_dict()
    if before.plan and after.plan and before.plan != after.plan:
        _apply_plan(session, contest, amendment, before.plan, after.plan)
        _hold_boards(contest, before.plan, after.plan, amendment.made_at)
    if before.rules != after.rules:
        for round in contest.rounds:
            if round.number >= amendment.from_round:
                round.rules, round.paper_version = after.rules.to_dict(), new_version()
        contest.rules = after.rules.to_dict()
    elif after.plan and before.plan and before.plan.tiers == after.plan.tiers:
        moved = before.plan.moved(after.plan)
        amendment.from_round = moved[0] if moved else amendment.from_round or contest.rounds[-1].number
    session.add(amendment)
    session.flush()


def _hold_boards(contest: Contest, before: DeclaredPlan, after: DeclaredPlan, now: datetime) -> None:
    """Let the boards of prolonged rounds stay at the day that they show, where later days are hidden already."""
    for round in contest.rounds:
        was, then = before.spans[round.number], after.spans.get(round.number, before.spans[round.number])
        round.board_held_at = held_day(was, then, now, round.board_held_at)


def _apply_plan(
    session: Session, contest: Contest, amendment: RulesAmendment, before: DeclaredPlan, after: DeclaredPlan
) -> None:
    amendment.plan = {"before": before.to_dict(), "after": after.to_dict()}
    for round in contest.rounds:
        span = after.spans.get(round.number)
        if span is not None:
            round.opens_at, round.closes_at, round.results_at = moments(span)
        if before.tiers != after.tiers:
            kept = round.prizes if round.prizes is not None else tiers_to_json(before.tiers)
            round.prizes = kept if round.number < amendment.from_round else None
    prizes = after.tiers, after.season, after.collective
    if (before.tiers, before.season, before.collective) != prizes:
        replace_prizes(session, contest, *prizes)
