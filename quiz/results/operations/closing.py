"""From the close to the publication: count anew, rank, seat the winners, confirm them, publish."""

import uuid
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quiz.attempt.models import Tally
from quiz.attempt.operations.tally import rebuild_tally
from quiz.attempt.queries.attempt import counted_entries
from quiz.contest.models import Participant, Round
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import Result, Winner
from quiz.results.operations.versions import TooEarly as TooEarly
from quiz.results.operations.versions import hold_round, seat_winners, store_version
from quiz.results.queries.draft import draft_results
from quiz.results.queries.result import find_result, list_winners
from quiz.results.rules.corrections import Cause


class StillPending(Exception):
    """Somebody in line for a prize has not been called yet; carries how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def close_round(session: Session, round: Round, *, now: datetime) -> Result | None:
    """Close *round* once its time is over: recount the tally, compute A, rank, and seat the winners of version 1.

    The closing waits `SETTLING` after the close, for whoever arrived in time counts however busy the workers were.

    One conditional statement closes; whoever comes second gets None and changes nothing.

    Raises:
        TooEarly: *now* is before that.
    """
    if now < round.closes_at + SETTLING:
        raise TooEarly
    claim = update(Round).where(Round.id == round.id, Round.closed_at.is_(None)).values(closed_at=now)
    if session.execute(claim.returning(Round.id)).first() is None:
        return None
    session.refresh(round)
    differences = rebuild_tally(session, round)
    draft = draft_results(round, counted_entries(session, round))
    return store_version(
        session, round, draft, cause=Cause.CLOSE, turns=_turns(session, round), differences=differences, now=now
    )


def confirm_winner(session: Session, round: Round, participant_id: uuid.UUID, *, now: datetime) -> bool:
    """The person was called and is who they said; False unless they are in line and uncalled.

    A page may be old: whoever was passed in the meantime has given the prize to the next and can't be confirmed.
    """
    if not _decide(session, round, participant_id, was="pending", becomes="confirmed"):
        return False
    participant = session.get_one(Participant, participant_id)
    participant.verified_at = participant.verified_at or now
    _reseat(session, round)
    return True


def pass_winner(session: Session, round: Round, participant_id: uuid.UUID) -> bool:
    """The person could not be reached: the next one in the standings is seated; False as in `confirm_winner`."""
    if not _decide(session, round, participant_id, was="pending", becomes="passed"):
        return False
    _reseat(session, round)
    return True


def recall_winner(session: Session, round: Round, participant_id: uuid.UUID) -> bool:
    """Take a `pass_winner` back: the person waits to be called again and whoever moved up for them moves down.

    False when the person was not passed or the round is published. Whoever loses the seat and was called meanwhile
    stays verified, and needs no second call should the seat come back.
    """
    if not _decide(session, round, participant_id, was="passed", becomes="pending"):
        return False
    _reseat(session, round)
    return True


def check_publishable(session: Session, round: Round) -> Result:
    """What would be published of *round*.

    Raises:
        TooEarly: the round is not closed.
        StillPending: winners are still to be called.
    """
    result = find_result(session, round)
    if round.closed_at is None or result is None:
        raise TooEarly
    pending = sum(winner.state == "pending" and not winner.needs_draw for winner in list_winners(session, result))
    if pending:
        raise StillPending(pending)
    return result


def publish_round(session: Session, round: Round, *, now: datetime, is_alone: bool = False) -> datetime:
    """Publish *round*; before its announced hour the publication waits for it. Returns when it takes effect.

    *is_alone* says that no second person agreed: it stays with the publication, whatever the setting is later.
    Raises as `check_publishable` does.
    """
    hold_round(session, round)
    check_publishable(session, round)
    if round.published_at is None:
        round.published_at, round.published_alone = max(now, round.results_at), is_alone
        session.flush()
    return round.published_at


def _turns(session: Session, round: Round) -> int:
    from_tally = select(Tally.turns).where(Tally.round_id == round.id)
    return sum(session.scalars(from_tally))


def _decide(session: Session, round: Round, participant_id: uuid.UUID, *, was: str, becomes: str) -> bool:
    """One conditional statement: a second tap and an old page find another state and change nothing.

    After the publication only somebody whom a correction has put in line is still to be called.
    """
    hold_round(session, round)
    result = find_result(session, round)
    if result is None or (round.published_at is not None and was != "pending"):
        return False
    key = (Winner.round_id == round.id, Winner.version == result.version, Winner.participant_id == participant_id)
    change = update(Winner).where(*key, Winner.state == was).values(state=becomes)
    if round.published_at is not None:
        change = change.where(Winner.needs_draw.is_(False))
    return session.execute(change.returning(Winner.participant_id)).first() is not None


def _reseat(session: Session, round: Round) -> None:
    session.flush()
    result = find_result(session, round)
    if result is not None:
        seat_winners(session, round, result)
