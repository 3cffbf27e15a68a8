"""The people whose earlier prizes leave them out of the prizes of a round."""

from collections import defaultdict

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from quiz.contest.models import Contest, Round
from quiz.contest.models.contest import REHEARSAL
from quiz.contest.rules.presets import Rules
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
    won = _won(session, round.contest_id, Round.number < round.number)
    return frozenset(ref for ref, numbers in won.items() if is_barred(rules, number=round.number, won=numbers))


def find_done(session: Session, contest: Contest) -> frozenset[str]:
    """Return the refs of the participants who can take no prize of the whole contest, since the rounds have given them
    as many as its rules allow; none where they allow any number.
    """
    most = Rules.from_dict(contest.rules).most_prizes
    if most is None:
        return frozenset()
    return frozenset(ref for ref, numbers in _won(session, contest.id, true()).items() if len(numbers) >= most)


def _won(session: Session, contest_id: int, rounds: ColumnElement[bool]) -> dict[str, list[int]]:
    """Return the numbers of the rounds of *rounds* in which each participant won."""
    newest = select(Result.round_id, func.max(Result.version).label("version")).group_by(Result.round_id).subquery()
    query = select(Winner.participant_id, Round.number).join(Round, Round.id == Winner.round_id)
    query = query.join(newest, (newest.c.round_id == Winner.round_id) & (newest.c.version == Winner.version))
    query = query.where(Round.contest_id == contest_id, Round.number > REHEARSAL, rounds)
    won = defaultdict[str, list[int]](list)
    for id, number in session.execute(query.where(Winner.state != "passed", Winner.tier.is_not(None))):
        won[str(id)].append(number)
    return won
