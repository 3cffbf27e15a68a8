"""Pass everybody who was not reached within the declared days, in one deed."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.chain import Plain
from quiz.contest.models import Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import Winner
from quiz.results.models.contact import WINNERS
from quiz.results.operations.closing import ClustersUndecided, reseat
from quiz.results.operations.versions import NothingToDo, lock_round
from quiz.results.queries.contact import were_opened
from quiz.results.queries.review import count_undecided
from quiz.results.queries.unreached import list_unreached


class NotCalled(Exception):
    """The numbers of the list were never opened, so no call was made."""


def pass_unreached(session: Session, actor: Actor, round: Round, *, reason: str, now: datetime) -> int:
    """Pass the people whose days of calling are over, seat the next ones, and record it; return how many were passed.

    Each of them can be called again until the publication, as after a single pass.

    Raises:
        NotCalled: no account has opened their numbers.
        ClustersUndecided: the review comes first.
        NothingToDo: there is no such person.
    """
    lock_round(session, round)
    if not were_opened(session, round, WINNERS):
        raise NotCalled
    if undecided := count_undecided(session, round):
        raise ClustersUndecided(undecided)
    unreached = list_unreached(session, round, now)
    if not unreached:
        raise NothingToDo
    ids = [each.participant_id for each in unreached]
    mine = (Winner.round_id == round.id, Winner.version == unreached[0].version, Winner.participant_id.in_(ids))
    session.execute(update(Winner).where(*mine, Winner.state == "pending").values(state="passed"))
    session.expire_all()
    reseat(session, round, now=now)
    after: dict[str, Plain] = {"passed": len(ids), "ranks": ", ".join(str(each.rank) for each in unreached)}
    record(session, actor, QuizAction.WINNER_PASS_ALL, of_round(round), after=after, reason=reason, now=now)
    return len(ids)
