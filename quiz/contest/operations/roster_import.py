"""Import a sheet of people onto the roster of a contest."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from core.crypto import Keyring
from quiz.contest.models import Contest, RosterPerson
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.operations.registration import Identity, identity_hash, name_hashes, phone_hash
from quiz.contest.operations.roster import forget_roster, lock_roster
from quiz.contest.rules.actions import QuizAction


@dataclass(frozen=True)
class Listed:
    """A person on a roster, as stored."""

    identity_hash: bytes
    name_hash: bytes
    phone_hash: bytes | None
    unit_id: int | None
    bloc: str


def listed(keyring: Keyring, contest_id: int, identity: Identity, unit_id: int | None, bloc: str) -> Listed:
    """Return *identity* as keyed hashes; with a phone they equal a participant's."""
    by_name, _bare = name_hashes(keyring, contest_id, identity)
    phone = phone_hash(keyring, contest_id, identity.phone) if identity.phone else None
    return Listed(identity_hash(keyring, contest_id, identity), by_name, phone, unit_id, bloc)


def import_roster(
    session: Session,
    actor: Actor,
    contest: Contest,
    people: Sequence[Listed],
    replaces: bool,
    counts: Mapping[str, int],
    *,
    now: datetime,
) -> None:
    """Add *people* to the roster and record *counts*; with *replaces* they replace those on it.

    Raises:
        IntegrityError: another import has added one of them.
    """
    lock_roster(session, contest)
    removed = forget_roster(session, [contest.id]) if replaces else 0
    if people:
        rows = [asdict(person) | {"contest_id": contest.id, "imported_at": now} for person in people]
        session.execute(insert(RosterPerson), rows)
    record(session, actor, QuizAction.ROSTER_IMPORT, of_contest(contest), after={**counts, "deleted": removed}, now=now)
