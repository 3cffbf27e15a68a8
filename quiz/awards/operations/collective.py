"""Decide on the prizes of units."""

from datetime import datetime

from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from core.data_version import PUBLIC, renew_version
from quiz.attempt.operations.lifecycle import lock_contest
from quiz.awards.models import CollectiveAward, CollectiveDecision
from quiz.awards.queries.collective import CollectiveDraft, draft_collective, find_decision, list_unready
from quiz.awards.rules.collective import UnitAward
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.queries.amendments import find_last_headcounts
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.amendments import NOTICE
from quiz.contest.rules.prizes import Tier
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


class OverHeadcount(Exception):
    """Units have more people than inhabitants, so that they have no rate; carries their names and figures.

    Somebody looks at their papers and headcounts first: else a rival registers invented people for the leading unit,
    and the prize goes to the next one.
    """

    def __init__(self, units: list[tuple[str, int, int]]) -> None:
        super().__init__(units)
        self.units = units


class JustCorrected(Exception):
    """A headcount was corrected less than `NOTICE` ago; carries when the prizes may be decided."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def check_decidable(session: Session, contest: Contest, *, now: datetime, leaves_over: bool = False) -> str:
    """Return the digest of the prizes that would be decided; *leaves_over*: units above their headcounts have been
    looked at, and get no prize by rate.

    Raises:
        NoMeasure, DrawsOpen: as they say.
        RoundsOpen: not every round is published, and final where objections are taken.
        JustCorrected: a headcount was corrected, and not everybody can have read it (decision 0113).
        NothingToDo: the newest decision is the same.
        OverHeadcount: units have more people than inhabitants, and were not looked at.
    """
    draft = _decidable(session, contest, find_decision(session, contest), now)
    _check_over(draft, leaves_over=leaves_over)
    return draft.digest


def _check_over(draft: CollectiveDraft, *, leaves_over: bool) -> None:
    if draft.over and not leaves_over:
        raise OverHeadcount([(draft.units[each.ref].name, each.people, each.headcount or 0) for each in draft.over])


def _decidable(session: Session, contest: Contest, last: CollectiveDecision | None, now: datetime) -> CollectiveDraft:
    unready = list_unready(contest, now)
    if unready:
        raise RoundsOpen(unready)
    corrected = find_last_headcounts(session, contest)
    if corrected is not None and now < corrected + NOTICE:
        raise JustCorrected(corrected + NOTICE)
    draft = draft_collective(session, contest, now)
    if draft is None or draft.terms.measure is None or not contest.collective_tiers:
        raise NoMeasure
    if draft.draws:
        raise DrawsOpen
    if last is not None and last.digest == draft.digest:
        raise NothingToDo
    return draft


def decide_collective(
    session: Session,
    actor: Actor,
    contest: Contest,
    *,
    seen: str,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
    leaves_over: bool = False,
) -> CollectiveDecision:
    """Decide on the prizes of *contest*'s units as *seen* by the requester, as the next version, and record it.

    *leaves_over* as `check_decidable` takes it; the units are recorded.

    Raises:
        NoMeasure, DrawsOpen, RoundsOpen, NothingToDo, OverHeadcount: as `check_decidable` does.
        Changed: the figures differ from those that were seen.
    """
    lock_contest(session, contest)
    about, last = of_contest(contest), find_decision(session, contest)
    draft = _decidable(session, contest, last, now)
    if draft.digest != seen:
        raise Changed
    _check_over(draft, leaves_over=leaves_over)
    approval = approval or approve_alone(session, actor, QuizAction.COLLECTIVE_DECIDE, about, reason=reason, now=now)
    decision = _decision(contest, draft, last.version + 1 if last else 1)
    decision.decided_at, decision.approval = now, approval
    session.add(decision)
    session.flush()
    renew_version(session, PUBLIC)  # the public page of these prizes
    after = {"version": decision.version, "collective": len(decision.awards), **agreement(approval)}
    if draft.over:
        over = (f"{draft.units[each.ref].name}: {each.people} > {each.headcount}" for each in draft.over)
        after["headcounts"] = "; ".join(over)
    record(session, actor, QuizAction.COLLECTIVE_DECIDE, about, after=after, reason=reason, now=now)
    return decision


def _decision(contest: Contest, draft: CollectiveDraft, version: int) -> CollectiveDecision:
    """Return the decision by the declared measures of *draft*, with a line for each unit that gets a prize."""
    measure = draft.terms.measure
    if measure is None:
        raise NoMeasure
    decision = CollectiveDecision(contest_id=contest.id, version=version, measure=measure.value, digest=draft.digest)
    decision.cap = draft.terms.cap
    decision.awards = [
        _award(version, position, by, each, each.tier)
        for position, (by, each) in enumerate(draft.winners, start=1)
        if each.tier
    ]
    return decision


def _award(version: int, position: int, measure: CollectiveMeasure, award: UnitAward, tier: Tier) -> CollectiveAward:
    is_rate = measure is CollectiveMeasure.RATE
    return CollectiveAward(
        version=version,
        position=position,
        unit_id=award.figures.ref,
        rank=award.rank,
        tier=tier.name,
        amount=tier.amount,
        figure=award.figures.people if is_rate else getattr(award.figures, measure.value),
        headcount=award.figures.headcount if is_rate else None,
        measure=tier.measure,
    )
