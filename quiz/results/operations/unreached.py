"""Note unanswered calls, and pass people over, one by one or everybody whose days of calling are over."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from account.rules.chain import Plain
from core.crypto import Keyring
from quiz.contest.models import Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import MissedCall, Winner
from quiz.results.models.contact import WINNERS
from quiz.results.operations.audit_subjects import of_called, of_seat
from quiz.results.operations.closing import Call, ClustersUndecided, record_call, reseat
from quiz.results.operations.versions import NothingToDo, lock_round
from quiz.results.queries.contact import were_opened
from quiz.results.queries.result import find_seat
from quiz.results.queries.review import count_undecided
from quiz.results.queries.unreached import list_missed_calls, list_unreached

PAUSE = timedelta(minutes=1)
"""Two notes within it are one call: a second tap."""


class NotCalled(Exception):
    """The numbers of the list were never opened, so no call was made."""


def note_missed_call(session: Session, actor: Actor, round: Round, participant_id: uuid.UUID, *, now: datetime) -> bool:
    """Note an unanswered call to a person in line for a prize, and record it.

    Returns False, and changes nothing, when they are not waiting for a call, their data are restricted or erased, so
    that there is no number to call, or the last note is less than a minute old.

    Raises:
        NotCalled: no account has opened their number.
        ClustersUndecided: the review comes first.
    """
    lock_round(session, round)
    _require_calls(session, round)
    seat = find_seat(session, round, participant_id)
    missed = list_missed_calls(session, round).get(participant_id)
    if seat is None or not _is_callable(seat) or (missed and now < missed.last + PAUSE):
        return False
    session.add(MissedCall(round_id=round.id, participant_id=participant_id, called_at=now))
    after: dict[str, Plain] = {"calls": missed.count + 1 if missed else 1}
    record(session, actor, QuizAction.WINNER_MISS, of_called(round, seat), after=after, now=now)
    return True


def pass_winner(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    round: Round,
    participant_id: uuid.UUID,
    *,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
) -> bool:
    """Pass one person over, seat the next one, and record it with who agreed.

    *approval* is the second person's; None where the days of calling are over, or where one person decides alone, which
    is stored as such. Returns False, and changes nothing, as `record_call` does.

    Raises:
        ClustersUndecided: the review comes first.
    """
    lock_round(session, round)
    seat = find_seat(session, round, participant_id)
    if seat is None:
        return False
    if approval is None and not is_overdue(session, round, participant_id, now):
        about = of_seat(round, seat)
        approval = approve_alone(session, actor, QuizAction.WINNER_PASS, about, reason=reason, now=now)
    return record_call(
        session, keyring, actor, round, participant_id, Call.PASS, reason=reason, approval=approval, now=now
    )


def is_overdue(session: Session, round: Round, participant_id: uuid.UUID, now: datetime) -> bool:
    """Return whether one person alone may pass the participant over: their days of calling are over."""
    return any(each.participant_id == participant_id for each in list_unreached(session, round, now))


def pass_unreached(session: Session, actor: Actor, round: Round, *, reason: str, now: datetime) -> int:
    """Pass the people whose days of calling are over, seat the next ones, and record it; return how many were passed.

    Each of them can be called again until the publication, as after a single pass.

    Raises:
        NotCalled: no account has opened their numbers.
        ClustersUndecided: the review comes first.
        NothingToDo: there is no such person.
    """
    lock_round(session, round)
    _require_calls(session, round)
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


def _is_callable(seat: Winner) -> bool:
    person = seat.participant
    is_known = person.restricted_at is None and person.person_id is not None
    return is_known and seat.state == "pending" and not seat.needs_draw


def _require_calls(session: Session, round: Round) -> None:
    if not were_opened(session, round, WINNERS):
        raise NotCalled
    if undecided := count_undecided(session, round):
        raise ClustersUndecided(undecided)
