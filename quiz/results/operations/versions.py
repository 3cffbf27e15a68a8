"""Store a version of a round's results: its standings and its winners; older versions never change."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from account.models import Approval
from quiz.contest.models import Participant, Round
from quiz.contest.rules.presets import Eligibility, Rules
from quiz.results.models import Result, Winner
from quiz.results.operations.standings import store_lines
from quiz.results.queries.draft import Draft, digest_of, present_seats, seats_of
from quiz.results.queries.result import find_result, list_winners
from quiz.results.queries.seating import read_front
from quiz.results.rules.blocs import parts_of
from quiz.results.rules.corrections import Cause, Move, compare

FIRST = 1
"""The version that the close makes."""


class TooEarly(Exception):
    """The round is still open, or not closed yet."""


class NothingToDo(Exception):
    """The requested state already holds, or its object does not exist."""


class Changed(Exception):
    """The results differ from those that the requester was shown."""


@dataclass(frozen=True)
class Preview:
    """The effect of a correction, not stored; `ranked` is the present number of ranked entries."""

    rules: Rules
    result: Result
    draft: Draft
    moves: list[Move]
    ranked: int
    digest: str


def preview_of(session: Session, round: Round, result: Result, draft: Draft, *, ranked: int) -> Preview:
    """Return the preview of *draft* against the newest *result*."""
    seats = seats_of(session, round, result, draft)
    moves = compare(present_seats(session, result), seats)
    return Preview(round.declared, result, draft, moves, ranked, digest_of(result, draft, seats))


def require_same(session: Session, round: Round, shown: Preview, *, was_published: bool) -> None:
    """Check, under the lock, that *shown* is still what would be stored, though it was ranked before.

    Only corrections change what is ranked, and they take turns; calls may have changed the seats since.

    Raises:
        Changed: the version, the publication or a seat is another one.
    """
    result, is_published = find_result(session, round), round.published_at is not None
    if result is None or result.version != shown.result.version or is_published != was_published:
        raise Changed
    if digest_of(result, shown.draft, seats_of(session, round, result, shown.draft)) != shown.digest:
        raise Changed


def lock_round(session: Session, round: Round) -> None:
    """Lock and reload *round* until the commit, so that decisions about its winners happen one after the other.

    The statement writes an unchanged value, which takes the lock on SQLite too.
    """
    same = update(Round).where(Round.id == round.id).values(number=Round.number)
    session.execute(same.execution_options(synchronize_session=False))
    session.expire_all()


def store_version(
    session: Session,
    round: Round,
    draft: Draft,
    *,
    cause: Cause,
    turns: int,
    now: datetime,
    differences: Sequence[str] = (),
    approval: Approval | None = None,
    has_lines: bool = False,
) -> Result:
    """Store *draft* as the next version of *round*'s results and seat its winners; *has_lines* where its lines are
    stored already.

    Results of calls are carried over for people who are still ranked: the confirmed stay confirmed, the unreached stay
    passed over.
    """
    old = find_result(session, round)
    result = Result(
        round_id=round.id, version=next_version(old), target=draft.target.number if draft.target else None,
        target_people=_people_of(draft), blocs=parts_of(draft.standings, round.asked) or None, turns=turns,
        people=draft.people, perfect=draft.perfect, differences=list(differences), made_at=now, cause=cause.value,
        limits_sheets=draft.limits_sheets, approval=approval,
    )  # fmt: skip
    session.add(result)
    round.finalised_at = round.finalisation = None  # those who are moved may object
    session.flush()
    if not has_lines:
        store_lines(session, round.id, result.version, draft)
    if old is not None:
        _carry_over(session, old, result, draft)
    seat_winners(session, round, result, now=now)
    return result


def _people_of(draft: Draft) -> int | None:
    """Return the people whose share was guessed; None where a number was."""
    return draft.target.people if draft.target and draft.target.scale > 1 else None


def next_version(newest: Result | None) -> int:
    """Return the number of the version after *newest*."""
    return newest.version + 1 if newest else FIRST


def seat_winners(session: Session, round: Round, result: Result, *, now: datetime) -> None:
    """Seat people down to the last prize, passing over those who could not be reached; earlier decisions stay.

    A participant who is verified, or confirmed by a card where the contest declares cards, needs no call; any other
    must be called before getting a prize. Of several on one phone only the first is spared the call.
    Those who were not reached, and would have no prize in this version, are no longer listed: nothing of theirs passes
    on.
    """
    seated = {winner.participant_id: winner for winner in list_winners(session, result)}
    rules, phones, front = round.declared, set[bytes](), read_front(session, round, result)
    missed = front.missed()
    for ref, given in missed.items():
        seated[uuid.UUID(ref)].tier = given.tier.name if given.tier else None
    keep, awards = set(missed), front.awards()
    places = sorted(front.positions[given.standing.entry.ref] for given in awards)  # a tie is seated by its next key
    for given, place in zip(awards, places, strict=True):
        ref = given.standing.entry.ref
        keep.add(ref)
        person = session.get_one(Participant, uuid.UUID(ref))
        needs_call = person.phone_hash in phones or not is_confirmed(person, rules)
        phones.add(person.phone_hash)
        winner = seated.get(person.id) or _seat(session, result, person, needs_call=needs_call, now=now)
        winner.position, winner.rank = place, given.standing.rank
        winner.tier, winner.needs_draw = (given.tier.name if given.tier else None), given.needs_draw
        winner.draw_id = given.draw
    for id, winner in seated.items():
        if str(id) not in keep:
            session.delete(winner)
    session.flush()


def _carry_over(session: Session, old: Result, result: Result, draft: Draft) -> None:
    earlier = list_winners(session, old)
    lines = draft.standings.places_of([str(was.participant_id) for was in earlier])
    for was in earlier:
        line = lines.get(str(was.participant_id))
        if line is not None and was.state != "pending":
            winner = Winner(
                round_id=result.round_id, version=result.version, participant_id=was.participant_id, state=was.state,
                position=line[0], rank=line[1], tier=was.tier, called_at=was.called_at, seated_at=was.seated_at,
                draw_id=was.draw_id,
            )  # fmt: skip
            session.add(winner)
    session.flush()


def is_confirmed(person: Participant, rules: Rules) -> bool:
    """Return whether *person* needs no call before a prize: verified, or confirmed by a declared card."""
    by_card = rules.eligibility is Eligibility.CARD and person.confirmed_at is not None
    return by_card or person.verified_at is not None


def _seat(session: Session, result: Result, person: Participant, *, needs_call: bool, now: datetime) -> Winner:
    winner = Winner(
        round_id=result.round_id, version=result.version, participant_id=person.id, seated_at=now,
        state="pending" if needs_call else "confirmed",
    )  # fmt: skip
    session.add(winner)
    return winner
