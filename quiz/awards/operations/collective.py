"""Decide on the prizes of units."""

from datetime import datetime

from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from quiz.attempt.operations.lifecycle import lock_contest
from quiz.awards.models import CollectiveAward, CollectiveDecision
from quiz.awards.queries.collective import draft_collective, find_decision, list_unready
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.results.operations.versions import Changed, NothingToDo


class RoundsOpen(Exception):
    """Rounds are not published, or not final; carries their numbers."""

    def __init__(self, numbers: list[int]) -> None:
        super().__init__(numbers)
        self.numbers = numbers


class NoMeasure(Exception):
    """The contest declares no measure, or no prizes of units."""


class DrawsOpen(Exception):
    """Equal units wait for the public draw."""


def check_decidable(session: Session, contest: Contest, *, now: datetime) -> str:
    """Return the digest of the prizes that would be decided.

    Raises:
        NoMeasure, DrawsOpen: as they say.
        RoundsOpen: not every round is published, and final where objections are taken.
        NothingToDo: the newest decision is the same.
    """
    unready = list_unready(contest, now)
    if unready:
        raise RoundsOpen(unready)
    draft, last = draft_collective(session, contest, now), find_decision(session, contest)
    if draft is None or draft.terms.measure is None or not contest.collective_tiers:
        raise NoMeasure
    if draft.draws:
        raise DrawsOpen
    if last is not None and last.digest == draft.digest:
        raise NothingToDo
    return draft.digest


def decide_collective(
    session: Session, actor: Actor, contest: Contest, *, seen: str, reason: str, now: datetime,
    approval: Approval | None = None,
) -> CollectiveDecision:  # fmt: skip
    """Decide on the prizes of *contest*'s units as *seen* by the requester, as the next version, and record it.

    Raises:
        NoMeasure, DrawsOpen, RoundsOpen, NothingToDo: as `check_decidable` does.
        Changed: the figures differ from those that were seen.
    """
    lock_contest(session, contest)
    if check_decidable(session, contest, now=now) != seen:
        raise Changed
    draft, last = draft_collective(session, contest, now), find_decision(session, contest)
    if draft is None or draft.terms.measure is None:
        raise NoMeasure
    about, measure = of_contest(contest), draft.terms.measure
    approval = approval or approve_alone(session, actor, QuizAction.COLLECTIVE_DECIDE, about, reason=reason, now=now)
    decision = CollectiveDecision(
        contest_id=contest.id, version=last.version + 1 if last else 1, measure=measure.value, cap=draft.terms.cap,
        digest=draft.digest, decided_at=now, approval=approval,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    by = "people" if measure is CollectiveMeasure.RATE else measure.value
    decision.awards = [
        CollectiveAward(
            version=decision.version, position=position, unit_id=each.figures.ref, rank=each.rank, tier=each.tier.name,
            amount=each.tier.amount, figure=getattr(each.figures, by),
            headcount=each.figures.headcount if measure is CollectiveMeasure.RATE else None,
        )
        for position, each in enumerate(draft.winners, start=1) if each.tier
    ]  # fmt: skip
    after = {"version": decision.version, "collective": len(decision.awards), **agreement(approval)}
    record(session, actor, QuizAction.COLLECTIVE_DECIDE, about, after=after, reason=reason, now=now)
    return decision
