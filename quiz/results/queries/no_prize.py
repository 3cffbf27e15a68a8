"""Why somebody whose place would have a prize has none."""

from enum import StrEnum

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from quiz.contest.models import Round
from quiz.results.models import StandingRow, Winner
from quiz.results.queries.barred import find_barred


class NoPrize(StrEnum):
    """Why a place that would have a prize has none, as the close left it."""

    AWAITS_CALL = "awaits-call"
    """They have the prize, but the call that confirms it is still to come."""
    PASSED = "passed"
    """The call did not confirm them, and the prize went to the next."""
    EARLIER_PRIZE = "earlier-prize"
    NOT_ALL_RIGHT = "not-all-right"


def find_no_prize(session: Session, round: Round, line: StandingRow) -> NoPrize | None:
    """Return why the person of *line*, who has no confirmed prize of *round*, has none; None where the place has none.

    A place has a prize if fewer people than prizes stand ahead of it with one, in its bloc; where only the all-right
    win, one that is not all right is measured by its rank.
    """
    seats = sum(tier.quantity for tier in round.tiers_for(line.bloc))
    if not seats:
        return None
    ahead, own = _winners_to(session, line)
    if own is not None:
        return _of_winner(own)
    if round.declared.all_right_only and line.correct < round.asked:
        return NoPrize.NOT_ALL_RIGHT if line.rank <= seats else None
    if ahead >= seats:
        return None
    return NoPrize.EARLIER_PRIZE if str(line.participant_id) in find_barred(session, round) else None


def _winners_to(session: Session, line: StandingRow) -> tuple[int, Winner | None]:
    """Return how many ahead of *line* in its bloc have a prize, and the winner that the line itself is, if any."""
    same = and_(
        StandingRow.round_id == Winner.round_id,
        StandingRow.version == Winner.version,
        StandingRow.participant_id == Winner.participant_id,
    )
    query = (
        select(Winner)
        .join(StandingRow, same)
        .where(
            Winner.round_id == line.round_id,
            Winner.version == line.version,
            StandingRow.position <= line.position,
            StandingRow.bloc.is_not_distinct_from(line.bloc),
        )
    )
    found = list(session.scalars(query))
    own = next((each for each in found if each.participant_id == line.participant_id), None)
    return sum(each.state != "passed" for each in found if each is not own), own


def _of_winner(winner: Winner) -> NoPrize | None:
    if winner.needs_draw:  # said by the words of the draw
        return None
    return {"passed": NoPrize.PASSED, "pending": NoPrize.AWAITS_CALL}.get(winner.state)
