"""From the close to the publication: count anew, rank, seat the winners, confirm them, publish."""

import uuid
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.clock import MILLISECOND
from quiz.models import Entry, Participant, Result, Round, StandingRow, Tally, Winner
from quiz.operations.tally import rebuild_tally
from quiz.queries.attempt import EPOCH, entry_value, list_entries
from quiz.queries.result import find_result, list_winners, standing_value
from quiz.rules.presets import GuessTarget, Rules
from quiz.rules.prizes import Tier, award
from quiz.rules.ranking import Standing, rank
from quiz.rules.schedule import SETTLING


class TooEarly(Exception):
    """The round is still open, or not closed yet."""


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
    entries = list_entries(session, round)
    size = len(round.questions)
    perfect = sum(entry.attempt.correct == size for entry in entries)
    target = target_of(round.declared, perfect=perfect, people=len(entries))
    result = Result(
        round_id=round.id, version=1, target=target, turns=_turns(session, round), people=len(entries), perfect=perfect,
        differences=differences, made_at=now,
    )  # fmt: skip
    session.add(result)
    session.flush()
    _store_standings(session, round, result, entries)
    seat_winners(session, round, result)
    return result


def target_of(rules: Rules, *, perfect: int, people: int) -> int | None:
    """A, what the guesses are measured against; None where the rules have no guess."""
    if rules.guess_target is GuessTarget.NONE:
        return None
    return perfect if rules.guess_target is GuessTarget.PERFECT else people


def seat_winners(session: Session, round: Round, result: Result) -> None:
    """Seat whoever the tiers reach, stepping over those who could not be reached; decisions already made stay.

    A verified participant needs no call; anybody else can't take a prize until called.
    """
    seated = {winner.participant_id: winner for winner in list_winners(session, result)}
    passed = {str(id) for id, winner in seated.items() if winner.state == "passed"}
    tiers = [Tier(tier.name, tier.quantity) for tier in round.contest.tiers]
    reach = sum(tier.quantity for tier in tiers) + len(passed)
    standings, positions = _front(session, result, reach)
    keep = {str(id) for id in seated if str(id) in passed}
    for given in award(standings, tiers, round.declared.ties, passed):
        ref = given.standing.entry.ref
        keep.add(ref)
        winner = seated.get(uuid.UUID(ref)) or _seat(session, result, uuid.UUID(ref))
        winner.position, winner.rank = positions[ref], given.standing.rank
        winner.tier, winner.needs_draw = (given.tier.name if given.tier else None), given.needs_draw
    for id, winner in seated.items():
        if str(id) not in keep:
            session.delete(winner)
    session.flush()


def confirm_winner(session: Session, round: Round, participant_id: uuid.UUID, *, now: datetime) -> bool:
    """The person was called and is who they said; False unless they are in line, uncalled, and nothing is published.

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
    _hold(session, round)
    check_publishable(session, round)
    if round.published_at is None:
        round.published_at, round.published_alone = max(now, round.results_at), is_alone
        session.flush()
    return round.published_at


def _turns(session: Session, round: Round) -> int:
    from_tally = select(Tally.turns).where(Tally.round_id == round.id)
    return sum(session.scalars(from_tally))


def _store_standings(session: Session, round: Round, result: Result, entries: list[Entry]) -> None:
    attempts = {str(entry.participant_id): entry.attempt_id for entry in entries}
    values = [entry_value(entry.attempt, entry.guess) for entry in entries]
    for position, standing in enumerate(rank(values, round.declared.order, result.target), start=1):
        entry = standing.entry
        session.add(
            StandingRow(
                round_id=round.id, version=result.version, position=position, rank=standing.rank,
                participant_id=uuid.UUID(entry.ref), attempt_id=attempts[entry.ref], correct=entry.correct,
                duration_ms=entry.duration_ms, guess=entry.guess, distance=standing.distance,
                submitted_at=None if entry.submitted_ms is None else EPOCH + entry.submitted_ms * MILLISECOND,
                decided_by=standing.decided_by.value if standing.decided_by else None,
            )
        )  # fmt: skip
    session.flush()


def _front(session: Session, result: Result, reach: int) -> tuple[list[Standing], dict[str, int]]:
    """The standings as far as *reach* seats can go: the whole tie group of the last one, and one more."""
    mine = (StandingRow.round_id == result.round_id, StandingRow.version == result.version)
    ordered = select(StandingRow).where(*mine).order_by(StandingRow.position)
    last_rank = session.scalar(select(StandingRow.rank).where(*mine, StandingRow.position == reach))
    rows = list(session.scalars(ordered if last_rank is None else ordered.where(StandingRow.rank <= last_rank)))
    return [standing_value(row) for row in rows], {str(row.participant_id): row.position for row in rows}


def _seat(session: Session, result: Result, participant_id: uuid.UUID) -> Winner:
    verified = session.get_one(Participant, participant_id).verified_at is not None
    winner = Winner(
        round_id=result.round_id, version=result.version, participant_id=participant_id,
        state="confirmed" if verified else "pending",
    )  # fmt: skip
    session.add(winner)
    return winner


def _hold(session: Session, round: Round) -> None:
    """Hold *round* until the commit, and read it anew: decisions about its winners come one after the other."""
    session.execute(select(Round.id).where(Round.id == round.id).with_for_update())
    session.expire_all()


def _decide(session: Session, round: Round, participant_id: uuid.UUID, *, was: str, becomes: str) -> bool:
    """One conditional statement: a second tap and an old page find another state and change nothing."""
    _hold(session, round)
    result = find_result(session, round)
    if result is None or round.published_at is not None:
        return False
    key = (Winner.round_id == round.id, Winner.version == result.version, Winner.participant_id == participant_id)
    change = update(Winner).where(*key, Winner.state == was).values(state=becomes)
    return session.execute(change.returning(Winner.participant_id)).first() is not None


def _reseat(session: Session, round: Round) -> None:
    session.flush()
    result = find_result(session, round)
    if result is not None:
        seat_winners(session, round, result)
