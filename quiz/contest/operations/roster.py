"""The roster of a contest: emptied by hand, deleted with the contest or for one participant."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from core.db import changed_rows, parts
from core.erasure_log import note
from quiz.contest.models import Contest, Participant, RosterPerson
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.queries import is_roster_in_use
from quiz.contest.rules.actions import QuizAction

ROSTER = "roster"
"""The kind of rows of rosters in the log of erasures."""


def empty_roster(
    session: Session,
    actor: Actor,
    contest: Contest,
    *,
    reason: str = "",
    now: datetime,
    approval: Approval | None = None,
) -> int:
    """Remove all people from the roster and record it; return their number.

    While the roster decides who is ranked (`is_roster_in_use`), *approval* is the second person's, or None where one
    person decides alone, which is stored as such.
    """
    lock_roster(session, contest)
    about = of_contest(contest)
    if approval is None and is_roster_in_use(session, contest):
        approval = approve_alone(session, actor, QuizAction.ROSTER_EMPTY, about, reason=reason, now=now)
    removed = forget_roster(session, [contest.id])
    after = {"deleted": removed, **(agreement(approval) if approval else {})}
    record(session, actor, QuizAction.ROSTER_EMPTY, about, after=after, reason=reason, now=now)
    return removed


def forget_roster(session: Session, contest_ids: Collection[int]) -> int:
    """Delete the rosters of these contests; return the number of people on them."""
    gone = delete(RosterPerson).execution_options(synchronize_session=False)
    return sum(changed_rows(session, gone.where(RosterPerson.contest_id.in_(some))) for some in parts(contest_ids))


def forget_on_roster(session: Session, rows: Collection[RosterPerson]) -> None:
    """Delete *rows* of rosters, and log that for restored backups, which may hold them."""
    note(session, ROSTER, [row.id for row in rows])
    forget_rows(session, [row.id for row in rows])


def forget_rows(session: Session, ids: Collection[uuid.UUID]) -> int:
    """Delete the rows *ids* of rosters; return how many there were."""
    gone = delete(RosterPerson).execution_options(synchronize_session=False)
    return sum(changed_rows(session, gone.where(RosterPerson.id.in_(some))) for some in parts(ids))


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
