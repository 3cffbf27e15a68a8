"""Erase all participants of a finished contest early."""

import uuid
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.audit import Actor, record
from core.crypto import Keyring
from privacy.operations.erasure import erase_subjects
from privacy.queries.requests import awaiting
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.operations.roster import forget_roster
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.consent import PARTICIPANT
from quiz.persons.operations.holder import HOLDER
from quiz.results.models import Winner
from quiz.results.operations.versions import lock_round
from quiz.results.queries.result import newest_versions
from quiz.results.queries.season_prizes import find_season_decision


class StillNeeded(Exception):
    """A winner is not called, a request not answered, or a round not published."""


def erase_contest(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    contest: Contest,
    *,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
) -> int:
    """Erase all participants of a finished *contest* early; return how many.

    Figures, standings, papers and everything that verifies them stay, without names. Corrections under way are
    waited for, since they may add a winner, who is to be called. *approval* is the second person's; None if one person
    decides alone.

    Raises:
        StillNeeded: a round is not published, a winner not called, or a request not answered.
    """
    for week in sorted(contest.rounds, key=lambda each: each.number):
        lock_round(session, week)
    if not is_finished(session, contest, now):
        raise StillNeeded
    known = list(session.scalars(_known_in(contest)))
    erased = erase_subjects(session, keyring, HOLDER, known, now=now)
    forget_roster(session, [contest.id])
    after = {"deleted": erased, **agreement(approval)}
    record(session, actor, QuizAction.DATA_DELETE, of_contest(contest), after=after, reason=reason, now=now)
    return erased


def count_known(session: Session, contest: Contest) -> int:
    """Return how many participants of *contest* are not erased."""
    return session.scalar(select(func.count()).select_from(_known_in(contest).subquery())) or 0


class StillOpen(NamedTuple):
    """The reasons to keep the people of a contest: rounds to publish, winners to call, requests to answer, prizes of
    the whole contest to decide.
    """

    rounds: int
    calls: int
    requests: int
    season: int = 0


def is_finished(session: Session, contest: Contest, now: datetime) -> bool:
    """Return whether every round of *contest* is published, every winner called, and every participant's request
    answered.
    """
    return bool(contest.rounds) and not contest.is_rehearsal and not any(still_open(session, contest, now))


def still_open(session: Session, contest: Contest, now: datetime) -> StillOpen:
    """Return how much of each kind is still to be done for *contest*."""
    unpublished = [each for each in contest.rounds if each.published_at is None or each.published_at > now]
    mine = Winner.round_id.in_(select(Round.id).where(Round.contest_id == contest.id))
    to_call = select(Winner.round_id).where(
        mine, Winner.state == "pending", tuple_(Winner.round_id, Winner.version).in_(newest_versions())
    )
    waits = Participant.id.in_(awaiting(PARTICIPANT))
    to_answer = select(Participant.id).where(Participant.contest_id == contest.id, waits)
    calls, requests = (
        session.scalar(select(func.count()).select_from(query.subquery())) or 0 for query in (to_call, to_answer)
    )
    undecided = contest.season_tiers and find_season_decision(session, contest) is None
    return StillOpen(len(unpublished), calls, requests, len(contest.season_tiers) if undecided else 0)


def _known_in(contest: Contest) -> Select[uuid.UUID]:
    return select(Participant.id).where(Participant.contest_id == contest.id, Participant.person_id.is_not(None))
