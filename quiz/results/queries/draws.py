"""The public draws of a round, or of a contest's units."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quiz.contest.models import Contest, Participant, Round
from quiz.results.models import Draw, Result, Winner
from quiz.results.models.draw import OF_SEASON
from quiz.results.rules.draws import DrawOrder, in_force


def list_draws(session: Session, round: Round) -> list[Draw]:
    """Return the draws recorded in *round*, the oldest first; nothing is read where its rules know no draw."""
    if not round.declared.may_draw:
        return []
    return list(session.scalars(select(Draw).where(Draw.round_id == round.id).order_by(Draw.id)))


def list_drawn(session: Session, round: Round) -> list[DrawOrder]:
    """Return the draws recorded in *round* as the rules of the prizes read them."""
    return [each.value for each in list_draws(session, round)]


def list_unit_draws(session: Session, contest: Contest) -> list[Draw]:
    """Return the draws among *contest*'s units, the oldest first."""
    mine = Draw.contest_id == contest.id, Draw.round_id.is_(None), Draw.measure != OF_SEASON
    return list(session.scalars(select(Draw).where(*mine).order_by(Draw.id)))


def list_season_draws(session: Session, contest: Contest) -> list[Draw]:
    """Return the draws among *contest*'s people over the whole contest, the oldest first."""
    mine = Draw.contest_id == contest.id, Draw.measure == OF_SEASON
    return list(session.scalars(select(Draw).where(*mine).order_by(Draw.id)))


@dataclass(frozen=True)
class OwnDraw:
    """A participant in a tie: how many are in it, whether it waits, and the draw with their place in it, None for one
    who was not drawn.
    """

    rank: int
    people: int
    waits: bool
    draw: Draw | None = None
    place: int | None = None
    code: str = ""

    @property
    def reserve(self) -> int | None:
        """The place among the reserves, from 1; None for one who drew a prize, or nothing."""
        beyond = (self.place or 0) - len(self.draw.prizes if self.draw else ())
        return beyond if beyond > 0 else None


def find_own_draw(session: Session, result: Result, round: Round, participant_id: UUID) -> OwnDraw | None:
    """Return the tie of a participant that waits for a draw, or that one decided; None for one in no such tie."""
    if not round.declared.may_draw:
        return None
    mine = (Winner.round_id == round.id, Winner.version == result.version, Winner.needs_draw)
    waiting = {each.participant_id: each for each in session.scalars(select(Winner).where(*mine))}
    if own := waiting.get(participant_id):
        people = sum(each.rank == own.rank for each in waiting.values())
        return OwnDraw(own.rank, people, waits=True)
    return own_draw(list_draws(session, round), participant_id)


def own_draw(draws: Sequence[Draw], participant_id: UUID) -> OwnDraw | None:
    """Return the place of a participant in the one of *draws* that holds for them; None for one in no draw."""
    ref = str(participant_id)
    standing = {each.id for each in in_force([each.value for each in draws])}
    found = next((each for each in reversed(draws) if each.id in standing and ref in each.members), None)
    if found is None:
        return None
    place = found.drawn.index(ref) + 1 if ref in found.drawn else None
    return OwnDraw(found.rank, len(found.members), waits=False, draw=found, place=place, code=_code_of(found, ref))


def _code_of(draw: Draw, ref: str) -> str:
    return draw.codes[draw.members.index(ref)] if draw.codes else ""


def list_members(session: Session, ids: Collection[UUID]) -> list[Participant]:
    """Return the participants *ids* with their units."""
    query = select(Participant).where(Participant.id.in_(ids)).options(joinedload(Participant.unit))
    return list(session.scalars(query)) if ids else []
