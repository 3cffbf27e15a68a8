"""The people whose earlier prizes leave them out of the prizes of a round."""

from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.contest.models import Round
from quiz.contest.models.contest import REHEARSAL
from quiz.results.models import Result, Winner
from quiz.results.rules.prizes import is_barred


def find_barred(session: Session, round: Round) -> frozenset[str]:
    """Return the refs of the participants who can take no prize in *round* by its rules, for those of earlier rounds.

    Prizes of closed rounds count as the newest results give them; not those of people who were not reached, nor the
    ones that a draw has still to decide.
    """
    rules = round.declared
    if rules.rest_rounds is None and rules.most_prizes is None:
        return frozenset()
    newest = select(Result.round_id, func.max(Result.version).label("version")).group_by(Result.round_id).subquery()
    query = select(Winner.participant_id, Round.number).join(Round, Round.id == Winner.round_id)
    query = query.join(newest, (newest.c.round_id == Winner.round_id) & (newest.c.version == Winner.version))
    query = query.where(Round.contest_id == round.contest_id, Round.number > REHEARSAL, Round.number < round.number)
    won = defaultdict[str, list[int]](list)
    for id, number in session.execute(query.where(Winner.state != "passed", Winner.tier.is_not(None))):
        won[str(id)].append(number)
    return frozenset(ref for ref, numbers in won.items() if is_barred(rules, number=round.number, won=numbers))
