"""The roster of a contest: emptied by hand, deleted with the contest or for one participant."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, tuple_, update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from core.db import parts
from quiz.contest.models import Contest, Participant, RosterPerson
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction


def empty_roster(session: Session, actor: Actor, contest: Contest, *, now: datetime) -> int:
    """Remove all people from the roster and record it; return their number."""
    lock_roster(session, contest)
    removed = forget_roster(session, [contest.id])
    record(session, actor, QuizAction.ROSTER_EMPTY, of_contest(contest), after={"deleted": removed}, now=now)
    return removed


def forget_roster(session: Session, contest_ids: Collection[int]) -> int:
    """Delete the rosters of these contests; return the number of people on them."""
    gone = delete(RosterPerson).execution_options(synchronize_session=False)
    results = [session.execute(gone.where(RosterPerson.contest_id.in_(some))) for some in parts(contest_ids)]
    return sum(int(getattr(result, "rowcount", 0)) for result in results)


def forget_on_roster(session: Session, participants: Collection[Participant]) -> None:
    """Remove *participants* from the rosters of their contests; must be called before their hashes are deleted."""
    identity = tuple_(RosterPerson.contest_id, RosterPerson.identity_hash)
    gone = delete(RosterPerson).execution_options(synchronize_session=False)
    for some in parts([(each.contest_id, each.identity_hash) for each in participants]):
        session.execute(gone.where(identity.in_(some)))


def follow_correction(session: Session, participant: Participant, old: bytes) -> None:
    """Give the roster row under the identity hash *old* the corrected name of *participant*, so that it is still found.

    The row goes if the roster has the corrected identity too.
    """
    row = session.get(RosterPerson, (participant.contest_id, old))
    if row is None or old == participant.identity_hash:
        return
    if session.get(RosterPerson, (participant.contest_id, participant.identity_hash)) is not None:
        session.delete(row)
    else:
        row.identity_hash = participant.identity_hash
        row.name_hash = participant.name_hash or row.name_hash
    session.flush()


def lock_roster(session: Session, contest: Contest) -> None:
    """Wait for other imports of the contest; the first statement writes, so that SQLite reads no outdated data."""
    same = update(Contest).where(Contest.id == contest.id).values(people_per_phone=Contest.people_per_phone)
    session.execute(same.execution_options(synchronize_session=False))
