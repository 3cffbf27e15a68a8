"""People who were moved from one unit to another while a round took papers."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import Account, AuditEntry
from commune.models import Unit
from quiz.attempt.models import Attempt
from quiz.contest.models import Participant, ParticipantVersion, Round, UnitRequest
from quiz.contest.rules.actions import QuizAction


@dataclass(frozen=True)
class UnitMoves:
    """How many people went from one unit to another; how many had a paper in the round, and had asked by their code."""

    old: str
    new: str
    people: int
    with_paper: int
    asked: int


def list_moves(session: Session, round: Round) -> list[UnitMoves]:
    """Return the moves between units from the opening to the close of *round*, the most people first.

    Both ways are counted: a participant's request, and a correction at the desk of personal data.
    """
    pairs = _moved(session, round)
    people = {id for id, _old, _new in pairs}
    names = {unit.id: unit.name for unit in session.execute(select(Unit.id, Unit.name))} if people else {}
    entered = set(
        session.scalars(
            select(Attempt.participant_id).where(
                Attempt.round_id == round.id, Attempt.submitted_at.is_not(None), Attempt.participant_id.in_(people)
            )
        )
    )
    asked = _asked(session, round)
    found = Counter((old, new) for _id, old, new in pairs)
    return [
        UnitMoves(
            names[old],
            names[new],
            count,
            sum(id in entered for id, *pair in pairs if pair == [old, new]),
            sum((id, new) in asked for id, *pair in pairs if pair == [old, new]),
        )
        for (old, new), count in sorted(found.items(), key=lambda each: (-each[1], each[0]))
    ]


def list_movers(session: Session, round: Round) -> list[tuple[str, int]]:
    """Return by account how many requests for another unit it granted between the opening and the close of *round*."""
    query = (
        select(Account.name, func.count())
        .select_from(AuditEntry)
        .join(Account, Account.id == AuditEntry.account_id)
        .where(AuditEntry.action == QuizAction.UNIT_MOVE, AuditEntry.unit_id == round.contest.unit_id)
        .where(AuditEntry.subject.endswith(f", {round.contest.title}", autoescape=True))
        .where(AuditEntry.at >= round.opens_at, AuditEntry.at < round.closes_at)
        .group_by(Account.name)
        .order_by(Account.name)
    )
    return [(name, count) for name, count in session.execute(query)]


def _moved(session: Session, round: Round) -> list[tuple[object, int, int]]:
    """Return participant, old and new unit of each move; a correction of the name alone is none."""
    query = (
        select(ParticipantVersion.participant_id, ParticipantVersion.unit_id, ParticipantVersion.until)
        .add_columns(Participant.unit_id.label("now"))
        .join(Participant, Participant.id == ParticipantVersion.participant_id)
        .where(Participant.contest_id == round.contest_id, ParticipantVersion.until >= round.opens_at)
        .order_by(ParticipantVersion.participant_id, ParticipantVersion.version)
    )
    found = []
    for id, some in groupby(session.execute(query), key=attrgetter("participant_id")):
        rows = list(some)
        after = [*(row.unit_id for row in rows[1:]), rows[-1].now]
        for row, new in zip(rows, after, strict=True):
            if row.unit_id != new and row.until < round.closes_at:
                found.append((id, row.unit_id, new))
    return found


def _asked(session: Session, round: Round) -> set[tuple[object, int]]:
    query = select(UnitRequest.participant_id, UnitRequest.unit_id).where(UnitRequest.is_granted)
    query = query.where(UnitRequest.decided_at >= round.opens_at, UnitRequest.decided_at < round.closes_at)
    return {(id, unit_id) for id, unit_id in session.execute(query)}
