"""The units, the end and the prizes of a contest, for its page of registration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session, joinedload

from commune.models import Unit
from commune.queries.logos import nearest_digest
from quiz.contest.models import Contest, ContestUnit, PrizeTier, Round
from quiz.contest.models.contest import REHEARSAL
from quiz.contest.rules.amendments import tiers_from_json


@dataclass(frozen=True)
class ContestFace:
    """The units of a contest in Vietnamese order, the end of its open round (None without one), and how many prizes of
    people that round has, all blocs alike: an amendment may give others from a later one on.
    """

    units: list[Unit]
    closes_at: datetime | None
    prizes: int
    logo: str | None = None
    """The digest of the organiser's logo."""
    late: Mapping[int, int] = field(default_factory=dict)
    """The first round of each unit that takes part from a later round on than the first."""


NO_FACE = ContestFace([], None, 0)


def contest_face(session: Session, contest: Contest, now: datetime) -> ContestFace:
    """Return the face of *contest* at *now* in one statement; without units it is empty."""
    is_open = (Round.number > REHEARSAL, Round.opens_at <= now, Round.closes_at > now, Round.questions.any())
    closes = select(func.min(Round.closes_at)).where(Round.contest_id == contest.id, *is_open).scalar_subquery()
    own = select(Round.prizes).where(Round.contest_id == contest.id, *is_open).order_by(Round.closes_at).limit(1)
    of_people = (PrizeTier.contest_id == contest.id, ~PrizeTier.is_collective, ~PrizeTier.is_season)
    prizes = select(func.sum(PrizeTier.quantity)).where(*of_people).scalar_subquery()
    logo = nearest_digest(literal(contest.unit_id))
    columns = (closes, prizes, logo, ContestUnit.from_round, own.scalar_subquery())
    query = select(Unit, *columns).join(ContestUnit, ContestUnit.unit_id == Unit.id)
    query = query.options(joinedload(Unit.parent)).where(ContestUnit.contest_id == contest.id)
    rows = session.execute(query.order_by(Unit.sort_key)).all()
    if not rows:
        return NO_FACE
    late = {row[0].id: row[4] for row in rows if row[4] > 1}
    _unit, closes_at, many, digest, _from_round, kept = rows[0]
    many = many if kept is None else sum(tier.quantity for tier in tiers_from_json(kept))
    return ContestFace([row[0] for row in rows], closes_at, many or 0, digest, late)
