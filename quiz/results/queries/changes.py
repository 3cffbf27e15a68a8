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
from quiz.results.queries.result import list_winners
from quiz.results.rules.corrections import Move, Seat, compare


@dataclass(frozen=True)
class ChangedPrize:
    """A person who lost a prize by the correction that made *version*, got another one instead, or got one newly.

    `awaits_call` is whether they are to be called to confirm the prize that they have in the newest results.
    """

    version: int
    participant: Participant
    before: Seat | None
    after: Seat | None
    awaits_call: bool = False


def first_public(session: Session, round: Round) -> int | None:
    """Return the version of the results that the publication of *round* showed; None before it."""
    if round.published_at is None:
        return None
    shown = select(func.max(Result.version)).where(Result.round_id == round.id, Result.made_at < round.published_at)
    return session.scalar(shown) or 1


def find_first_public(session: Session, round: Round) -> Result | None:
    """Return the version of the results that the publication of *round* showed; None before it.

    The public reads it as version 1: those that a review made before the publication are not counted.
    """
    first = first_public(session, round)
    return session.get(Result, (round.id, first)) if first else None


def find_version(session: Session, round: Round, version: int) -> Result | None:
    """Return a version of published results; None for one that was never public."""
    first = first_public(session, round)
    if first is None or version < first:
        return None
    return session.get(Result, (round.id, version))


def list_changed(session: Session, round: Round) -> list[ChangedPrize]:
    """Return the people to inform about a changed prize, the newest correction first.

    After the publication these are all who lost, changed or got a prize by a correction of what was public. Before it
    only those who were called know of a prize: they alone are returned, if they lost or changed it.
    """
    first = first_public(session, round)
    query = select(Result).where(Result.round_id == round.id, Result.version >= (first or 1)).order_by(Result.version)
    versions = list(session.scalars(query))
    moved = [
        (after.version, move)
        for before, after in zip(versions, versions[1:], strict=False)
        for move in _changes(session, before, after, is_public=first is not None)
    ]
    people = _people(session, [move for _version, move in moved])
    to_call = _to_call(session, versions[-1]) if moved else frozenset()
    return [
        ChangedPrize(version, people[ref], move.before, move.after, ref in to_call and move.after is not None)
        for version, move in reversed(moved)
        for ref in [_ref(move)]
    ]


def _changes(session: Session, before: Result, after: Result, *, is_public: bool) -> list[Move]:
    moves = compare(present_seats(session, before), present_seats(session, after))
    if is_public:
        return [move for move in moves if _tier(move.before) != _tier(move.after)]
    called = {str(each.participant_id) for each in list_winners(session, before) if each.called_at}
    return [move for move in moves if _tier(move.before) not in (None, _tier(move.after)) and _ref(move) in called]


def _to_call(session: Session, newest: Result) -> frozenset[str]:
    seats = list_winners(session, newest)
    return frozenset(str(each.participant_id) for each in seats if each.state == "pending" and not each.needs_draw)


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


def _tier(seat: Seat | None) -> str | None:
    return seat.tier if seat else None


def _ref(move: Move) -> str:
    seat = move.before or move.after
    return seat.ref if seat else ""


def _people(session: Session, moves: Sequence[Move]) -> dict[str, Participant]:
    ids = {UUID(_ref(move)) for move in moves}
    query = select(Participant).where(Participant.id.in_(ids)).options(joinedload(Participant.unit))
    return {str(person.id): person for person in session.scalars(query)}
