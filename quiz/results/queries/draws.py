"""The public draws of a round, or of a contest's units."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quiz.contest.models import Contest, Participant, Round
from quiz.contest.rules.presets import Rules, Ties
from quiz.results.models import Draw
from quiz.results.rules.draws import Drawn


def may_be_drawn(rules: Rules) -> bool:
    """Return whether a tie can wait for a draw by *rules*: they declare it, or only so many may share a prize."""
    return rules.ties is Ties.DRAW or rules.most_sharing is not None


def list_draws(session: Session, round: Round) -> list[Draw]:
    """Return the draws recorded in *round*, the oldest first; nothing is read where its rules know no draw."""
    if not may_be_drawn(round.declared):
        return []
    return list(session.scalars(select(Draw).where(Draw.round_id == round.id).order_by(Draw.id)))


def list_drawn(session: Session, round: Round) -> list[Drawn]:
    """Return the draws recorded in *round* as the rules of the prizes read them."""
    return [each.value for each in list_draws(session, round)]


def list_unit_draws(session: Session, contest: Contest) -> list[Draw]:
    """Return the draws among *contest*'s units, the oldest first."""
    mine = Draw.contest_id == contest.id
    return list(session.scalars(select(Draw).where(mine, Draw.round_id.is_(None)).order_by(Draw.id)))


def list_members(session: Session, ids: Collection[UUID]) -> list[Participant]:
    """Return the participants *ids* with their units."""
    query = select(Participant).where(Participant.id.in_(ids)).options(joinedload(Participant.unit))
    return list(session.scalars(query)) if ids else []
