"""Decide on the prizes of people for the whole contest."""

from datetime import datetime

from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from core.data_version import PUBLIC, renew_version
from quiz.attempt.operations.lifecycle import lock_contest
from quiz.awards.operations.collective import DrawsOpen, RoundsOpen
from quiz.awards.queries.season import SeasonDraft, SeasonSeat, draft_season
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import SeasonAward, SeasonDecision
from quiz.results.operations.closing import StillPending
from quiz.results.operations.versions import Changed, NothingToDo
from quiz.results.queries.season_prizes import find_season_decision


class NoSeasonPrizes(Exception):
    """The contest declares no prizes of people for the whole contest, or a round is not closed."""


def check_season(session: Session, contest: Contest, *, now: datetime) -> str:
    """Return the digest of the prizes of the whole contest that would be decided.

    Raises:
        NoSeasonPrizes: there are none, or a round has no results.
        RoundsOpen: not every round is published, and final where objections are taken.
        DrawsOpen: people of equal rank wait for the public draw.
        StillPending: somebody in line is neither confirmed nor passed over; carries how many.
        NothingToDo: the newest decision is the same.
    """
    return check_draft(draft_season(session, contest, now), find_season_decision(session, contest)).digest


def check_draft(draft: SeasonDraft | None, last: SeasonDecision | None) -> SeasonDraft:
    """Return *draft* if it may be decided after the *last* decision; raises as `check_season` does."""
    if draft is None:
        raise NoSeasonPrizes
    if draft.unready:
        raise RoundsOpen(list(draft.unready))
    if draft.draws:
        raise DrawsOpen
    if draft.pending:
        raise StillPending(len(draft.pending))
    if last is not None and last.digest == draft.digest:
        raise NothingToDo
    return draft


def decide_season(
    session: Session,
    actor: Actor,
    contest: Contest,
    *,
    seen: str,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
) -> SeasonDecision:
    """Decide on the prizes of the whole contest as *seen* by the requester, as the next version, and record it.

    It is public at once, as that on the prizes of units is (decision 0092): its figures are those of published rounds.

    Raises:
        NoSeasonPrizes, RoundsOpen, DrawsOpen, StillPending, NothingToDo: as `check_season` does.
        Changed: people, sums or calls differ from those that were seen.
    """
    lock_contest(session, contest)
    about, last = of_contest(contest), find_season_decision(session, contest)
    draft = check_draft(draft_season(session, contest, now), last)
    if draft.digest != seen:
        raise Changed
    approval = approval or approve_alone(session, actor, QuizAction.SEASON_DECIDE, about, reason=reason, now=now)
    version = last.version + 1 if last else 1
    decision = SeasonDecision(contest_id=contest.id, version=version, digest=draft.digest, decided_at=now)
    decision.approval = approval
    decision.awards = [_award(version, at, seat) for at, seat in enumerate(draft.winners, start=1)]
    session.add(decision)
    session.flush()
    renew_version(session, PUBLIC)
    after = {"version": version, "season_prizes": len(decision.awards), "passed": len(draft.passed)}
    record(
        session, actor, QuizAction.SEASON_DECIDE, about, after={**after, **agreement(approval)}, reason=reason, now=now
    )
    return decision


def _award(version: int, position: int, seat: SeasonSeat) -> SeasonAward:
    total, tier = seat.total, seat.tier
    return SeasonAward(
        version=version,
        position=position,
        participant_id=seat.participant_id,
        bloc=seat.participant.bloc or 0,
        rank=seat.rank,
        tier=tier.name if tier else "",
        amount=tier.amount if tier else None,
        score=total.score,
        correct=total.correct,
        duration_ms=total.duration_ms,
        rounds=total.rounds,
        firsts=total.firsts,
        draw_id=seat.draw,
    )
