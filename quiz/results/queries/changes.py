"""Earlier versions of a round's results, and the prizes that a correction took or changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from quiz.attempt.models import Attempt
from quiz.contest.models import Participant, Round
from quiz.results.models import Result, Winner
from quiz.results.queries.draft import present_seats
from quiz.results.rules.corrections import Move, Seat, compare


@dataclass(frozen=True)
class ChangedPrize:
    """A person who lost a prize by the correction that made *version*, or got another one instead."""

    version: int
    participant: Participant
    before: Seat
    after: Seat | None


def first_public(session: Session, round: Round) -> int | None:
    """Return the version of the results that the publication of *round* showed; None before it."""
    if round.published_at is None:
        return None
    shown = select(func.max(Result.version)).where(Result.round_id == round.id, Result.made_at < round.published_at)
    return session.scalar(shown)


def find_version(session: Session, round: Round, version: int) -> Result | None:
    """Return an earlier version of published results; None for one that was never public, and for the newest."""
    first, newest = first_public(session, round), _newest(session, round.id)
    if first is None or not first <= version < newest:
        return None
    return session.get(Result, (round.id, version))


def list_changed(session: Session, round: Round) -> list[ChangedPrize]:
    """Return the prizes that corrections took or changed, the newest correction first."""
    query = select(Result).where(Result.round_id == round.id).order_by(Result.version)
    versions = list(session.scalars(query))
    moved = [
        (after.version, move)
        for before, after in zip(versions, versions[1:], strict=False)
        for move in compare(present_seats(session, before), present_seats(session, after))
        if _is_changed(move)
    ]
    people = _people(session, [move for _version, move in moved])
    return [
        ChangedPrize(version, people[move.before.ref], move.before, move.after)
        for version, move in reversed(moved)
        if move.before
    ]


def find_earlier_prize(session: Session, attempt: Attempt) -> Winner | None:
    """Return the prize of the participant of *attempt* in the latest earlier published version in which they had one.

    None if they had none, and if it is their prize still.
    """
    first, newest = first_public(session, attempt.round), _newest(session, attempt.round_id)
    if first is None or first == newest:
        return None
    query = select(Winner).where(
        Winner.round_id == attempt.round_id,
        Winner.participant_id == attempt.participant_id,
        Winner.version >= first,
        Winner.state == "confirmed",
        Winner.needs_draw.is_(False),
    )
    found = {each.version: each for each in session.scalars(query)}
    present = found.pop(newest, None)
    earlier = found[max(found)] if found else None
    is_same = earlier is not None and present is not None and present.tier == earlier.tier
    return None if is_same else earlier


def _newest(session: Session, round_id: int) -> int:
    return session.scalar(select(func.max(Result.version)).where(Result.round_id == round_id)) or 0


def _is_changed(move: Move) -> bool:
    if move.before is None or move.before.tier is None:
        return False
    return move.after is None or move.after.tier != move.before.tier


def _people(session: Session, moves: Sequence[Move]) -> dict[str, Participant]:
    ids = {UUID(move.before.ref) for move in moves if move.before}
    query = select(Participant).where(Participant.id.in_(ids)).options(joinedload(Participant.unit))
    return {str(person.id): person for person in session.scalars(query)}
